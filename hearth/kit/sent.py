"""What came in with a form and stands in none of its fields: a row that was pressed, a clock."""

DIGITS = 17  # as many as a key of ours ever has


def number_sent(text: str) -> int | None:
    """The number, if it is one: Python gives up on thousands of digits, and PostgreSQL sooner."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else None
