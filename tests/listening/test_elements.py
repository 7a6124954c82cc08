"""How it stands with each of the sixteen elements: a word and what is behind it, never a number."""

from datetime import date
from typing import Any

import pytest
from django.db import connection

from hearth.framework.elements import elements
from hearth.listening.actions.coding import sort
from hearth.listening.actions.finding import write_finding
from hearth.listening.actions.report import make_report, sign_report
from hearth.listening.models import Interview, ListeningProject, Report, Visit
from hearth.listening.reading.elements import Stands, newest_signed, not_signed, of_version
from hearth.listening.rules.dated import read
from hearth.listening.rules.sets import scale_words
from hearth.listening.rules.standing import asked_by, said, status
from tests.cast import Cast
from tests.listening.test_findings import SAID, heard
from tests.listening.world import counted
from tests.supports.conftest import Asked

TODAY = date(2026, 11, 2)
BELONG, FAMILIES, COUNCILS = (
    "condition.relationships",
    "pillar.family_engagement",
    "practice.councils",
)
ASSETS = "commitment.assets"


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ([], "unasked"),
        (["listened"], "silent"),
        (["listened", "untold"], "untold"),
        (["listened", "heard"], "heard"),
        (["listened", "asked"], "asked"),
        (["listened", "asked", "heard"], "heard"),
        (["listened", "heard", "told_good"], "heard"),
        (["listened", "heard", "told_good", "told_hard"], "differ"),
        (["listened", "heard", "told_good", "told_hard", "opportunity"], "opportunity"),
        (["listened", "strength"], "strength"),
        (["listened", "strength", "opportunity"], "both"),
        (["unsigned"], "unsigned"),
        (["not_begun"], "not_begun"),
    ],
)
def test_the_first_word_that_fits(facts: list[str], word: str) -> None:
    assert status(facts, TODAY) == word
    assert status(facts, date(2020, 1, 1)) == word, "before its first day the oldest holds"


def test_no_word_is_a_number_or_a_judgment() -> None:
    rows = read("standing.toml")["edition"][-1]["status"]
    for row in rows:
        for language in ("en", "es"):
            words = said(row["key"], language, TODAY)
            assert words
            assert not any(letter.isdigit() for letter in words)
            assert not {"bad", "weak", "poor", "fails", "mal", "débil"} & set(words.split())
    assert rows[-1]["when"] == [], "there is always a word"


def listened(cast: Cast) -> ListeningProject:
    """A strength of two elements and one opportunity that stand; families were only spoken of."""
    project, sources = heard(cast, "student")
    both = SAID | {"elements": [BELONG, ASSETS], "words_es": "En el huerto sienten orgullo."}
    write_finding(project=project, said=both, sources=sources, by=cast.rosa)
    loud = SAID | {"side": "opportunity", "about": BELONG, "words": "Lunch is loud."}
    write_finding(project=project, said=loud, sources=sources, by=cast.rosa)
    draft = SAID | {"about": COUNCILS, "words": "Nobody listens."}
    write_finding(project=project, said=draft, sources=sources[:1], by=cast.rosa)
    for row, side in ((Interview.objects.get(), "strength"), (Visit.objects.get(), "opportunity")):
        sort(thing=row, keys=[FAMILIES], side=side, by=cast.rosa)
    return project


def signed(cast: Cast, project: ListeningProject) -> Report:
    version, _new = make_report(project=project, by=cast.rosa)
    sign_report(report=version, speaks_for="the staff", words="", by=cast.grace)
    return version


def told_to(reader: Any, school: int) -> dict[str, Stands]:
    return of_version(newest_signed(reader, [school])[school], "en", TODAY)


def test_each_element_has_its_word_and_what_is_behind_it(cast: Cast) -> None:
    told = of_version(signed(cast, listened(cast)), "en", TODAY)
    assert list(told) == [one.key for one in elements()]
    assert len(told) == 16
    assert (told[BELONG].status, told[ASSETS].status) == ("both", "strength")
    assert told[FAMILIES].status == "differ", "sorted to both sides, and no finding stands"
    assert told[COUNCILS].status == "silent", "a draft is told nowhere"
    behind = told[ASSETS].strengths[0]
    assert (behind.words, behind.sources, behind.kinds) == (
        SAID["words"], 2, {"interview": 1, "visit": 1}
    )  # fmt: skip
    assert behind.in_("es") == "En el huerto sienten orgullo."
    assert told[BELONG].opportunities[0].in_("es") == "Lunch is loud.", "as it was written"


def test_only_what_is_signed_counts_and_a_school_without_it_is_never_bad(cast: Cast) -> None:
    pk = cast.cottonwood.pk
    for begun, word in ((False, "not_begun"), (True, "unsigned")):
        assert {one.status for one in not_signed("en", TODAY, begun=begun).values()} == {word}
    project = listened(cast)
    make_report(project=project, by=cast.rosa)
    assert newest_signed(cast.helen) == {}
    version = signed(cast, project)
    speaks = SAID | {"about": COUNCILS, "words": "A student speaks."}
    write_finding(
        project=project, by=cast.rosa, said=speaks,
        sources=[("interview", Interview.objects.get().pk), ("visit", Visit.objects.get().pk)],
    )  # fmt: skip
    assert make_report(project=project, by=cast.rosa)[1], "made, and signed by nobody"
    assert newest_signed(cast.helen) == {pk: version}
    assert told_to(cast.tom, pk)[COUNCILS].status == "silent"
    assert newest_signed(cast.joy) == {}, "another school's is not hers to see"
    assert newest_signed(cast.omar) == {}, "nor another district's"


def test_a_version_made_before_this_was_kept_says_so(cast: Cast) -> None:
    version = signed(cast, listened(cast))
    older = Report(
        project=version.project, told={k: v for k, v in version.told.items() if k != "elements"}
    )
    told = of_version(older, "en", TODAY)
    assert told[BELONG].status == "both", "findings are told by every version"
    assert told[FAMILIES].status == "untold"


def test_a_counted_survey_has_asked_and_one_of_few_has_not(cast: Cast) -> None:
    survey = counted(cast)
    told = of_version(signed(cast, survey.project), "en", TODAY)
    assert (told[BELONG].status, told[COUNCILS].status) == ("asked", "silent")
    few = counted(cast, answers=4)
    assert of_version(signed(cast, few.project), "en", TODAY)[BELONG].status == "silent"


def test_every_scale_of_ours_asks_about_an_element_that_exists() -> None:
    known = {one.key for one in elements()}
    for scale in scale_words():
        assert asked_by([scale])
        assert asked_by([scale]) <= known
    assert asked_by(["", "their own scale"]) == set()


def test_it_asks_one_question_however_much_was_heard(cast: Cast) -> None:
    signed(cast, listened(cast))
    cast.tom.standing  # noqa: B018 - who somebody is was asked before any page
    with Asked(connection) as asking:
        told_to(cast.tom, cast.cottonwood.pk)
    assert asking.count == 1, "\n".join(asking.questions)
