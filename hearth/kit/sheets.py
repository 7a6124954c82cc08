"""A list as a file for a spreadsheet, in which no cell can act."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

# What a spreadsheet takes for the beginning of a formula (OWASP "CSV Injection"; ASVS 5.0, 1.2.10),
# the wide forms of it included, which some programs read alike.
ACTS = frozenset("=+-@\t\r\n\0＝＋－＠")
SIGNATURE = "\ufeff"  # tells Excel that the file is UTF-8


def harmless(value: object) -> str:
    """A cell as text that no spreadsheet runs: what would act begins with an apostrophe."""
    text = value.isoformat() if isinstance(value, date) else "" if value is None else str(value)
    begins = (text[:1], text.lstrip()[:1])
    return f"'{text}" if any(first in ACTS for first in begins if first) else text


def as_csv(headings: Sequence[object], rows: Iterable[Sequence[object]]) -> tuple[bytes, int]:
    """The file, and how many rows are in it without its headings."""
    page, count = io.StringIO(), 0
    page.write(SIGNATURE)
    writer = csv.writer(page)
    writer.writerow([harmless(heading) for heading in headings])
    for count, row in enumerate(rows, 1):  # noqa: B007 - the last count is the answer
        writer.writerow([harmless(value) for value in row])
    return page.getvalue().encode(), count
