"""What can be said of people without asking the database."""


class NotAllowed(Exception):
    """An act that does not fit these people. The text is for the person who tried."""


def blank(value: object) -> bool:
    """Nothing was said. A plain no counts as nothing: "needs an interpreter" wins over silence."""
    return value is None or value == "" or value is False


def to_fill(kept: dict[str, object], absorbed: dict[str, object]) -> dict[str, object]:
    """What the kept side does not say and the other does."""
    return {
        name: value for name, value in absorbed.items() if blank(kept[name]) and not blank(value)
    }
