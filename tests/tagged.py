"""Is this PDF one that a screen reader can read? An independent validator of PDF/UA-1 answers.

Typst refuses to write a PDF that it can see breaks PDF/UA-1; this asks somebody else. The validator
(`page-validation`, which passes veraPDF's own corpus) looks at what a machine can look at: tags,
the order of headings, tables and lists, alternative text, languages, titles, marked content, fonts.
It does not know whether the order makes sense when it is read aloud, whether an alternative text
says what the picture shows, whether a color can be seen, or in which language a sentence is. The
pages are looked at by people.
"""

import page


def failures(paper: bytes) -> list[str]:
    """The rules that it breaks, in words; none, when it is well made."""
    report = page.validate_pdf_bytes(paper, profile="ua1")
    return [f"{one.rule_id}: {one.message}" for one in report.failures]
