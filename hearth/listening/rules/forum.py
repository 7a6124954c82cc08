"""What a forum shares and where it differs, out of how many agreed, disagreed and passed."""

SHARED, AGAINST, DIFFER, OPEN, FEW = "shared", "against", "differ", "open", "few"


def stands(agree: int, disagree: int, passed: int, *, shared: int, differ: int, fewest: int) -> str:
    """In words, never a figure, where so few took part that a hand could be known again."""
    if agree + disagree + passed < fewest or not agree + disagree:
        return FEW
    sides = agree + disagree
    if agree * 100 >= shared * sides:
        return SHARED
    if disagree * 100 >= shared * sides:
        return AGAINST
    return DIFFER if min(agree, disagree) * 100 >= differ * sides else OPEN
