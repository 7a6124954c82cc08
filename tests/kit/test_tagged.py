"""The validator of our papers finds what is missing: else a paper that passes says nothing."""

import io
from typing import Any

import pytest
from pypdf import PdfWriter
from pypdf.generic import NameObject

from hearth.kit.document import DOCUMENT, pdf
from tests.tagged import failures

PLAIN: dict[str, Any] = {
    "title": "One page", "language": "en",
    "sections": [{"heading": "Next", "table": {"headings": ["Who", "What"],
                                               "rows": [["Rosa", "Calls"]]}}],
}  # fmt: skip


def without(key: str) -> bytes:
    """The same paper, with one thing of its root taken away."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf(DOCUMENT, PLAIN)))
    root: Any = writer.root_object
    del root[NameObject(key)]
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def test_a_plain_document_breaks_no_rule() -> None:
    assert failures(pdf(DOCUMENT, PLAIN)) == []


@pytest.mark.parametrize("key", ["/Lang", "/MarkInfo", "/Metadata", "/StructTreeRoot",
                                 "/ViewerPreferences"])  # fmt: skip
def test_what_is_taken_away_is_found(key: str) -> None:
    assert failures(without(key)), f"nobody noticed that {key} is gone"
