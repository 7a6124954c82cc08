"""What a survey told can be a source of a finding: as it was told, and nothing that was not."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from hearth.listening.actions import survey as surveys
from hearth.listening.actions.finding import write_finding
from hearth.listening.actions.report import make_report
from hearth.listening.actions.survey import NotAllowed
from hearth.listening.actions.surveyed import take
from hearth.listening.models import Statement, Survey, Surveyed, Visit
from hearth.listening.reading.coding import words_of
from hearth.listening.reading.findings import standing
from hearth.listening.reading.share_back import told_back
from tests.cast import Cast
from tests.listening.test_findings import SAID, down
from tests.listening.world import counted, make, opened, say


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_rosa_takes_a_result_and_a_text_and_a_finding_stands_on_them(cast: Cast) -> None:
    survey, rosa = counted(cast), signed_in(cast.rosa)
    told = f"/listening/surveys/{survey.pk}/results/"
    for said in ("", "Idea 7", "Idea 7"):
        question = "better" if said else "home"
        rosa.post(f"{told}take/", {"of": f"{question} {said}"})
    result, text = Surveyed.objects.order_by("pk")
    assert [line["percent"] for line in result.told["lines"]] == [25, 25, 25, 25]
    assert words_of(result).endswith(
        "Not at all 25 % · A little 25 % · Mostly 25 % · Very much 25 %"
    )
    assert words_of(text) == "What would be better?\nIdea 7"
    page = rosa.get(told).content.decode()
    assert page.count("A finding may rest on it") == 2
    assert "Idea 7" in rosa.get(f"/listening/{survey.project_id}/sorting/").content.decode()
    project = survey.project
    both = [("surveyed", result.pk), ("surveyed", text.pk)]
    seen = down(cast, project, Visit, minutes=10, noticed="They plant.")
    for sources, missing in ((both, ["kinds"]), ([both[0], seen], [])):
        write_finding(project=project, said=SAID, sources=sources, by=cast.rosa)
        assert standing(project)[-1].missing == missing
    form = rosa.get(f"/listening/{survey.project_id}/findings/new/", follow=True).content.decode()
    assert f'value="surveyed-{result.pk}"' in form


def test_what_families_said_is_not_what_learners_said(cast: Cast) -> None:
    survey = counted(cast)
    Survey.objects.filter(pk=survey.pk).update(audience="families")
    row = take(survey=Survey.objects.get(pk=survey.pk), question="home", by=cast.rosa)
    seen = down(cast, survey.project, Visit, minutes=10, noticed="They plant.")
    write_finding(
        project=survey.project, said=SAID, sources=[("surveyed", row.pk), seen], by=cast.rosa
    )
    assert standing(survey.project)[0].missing == ["learners"]
    # And the families read that it was they who said so, and on what it rests.
    forum = down(cast, survey.project, Statement, words="We plant.", agree=9, disagree=1, passed=2)
    made = write_finding(
        project=survey.project, by=cast.rosa,
        said=SAID | {"words": "A door is open.", "elements": ["pillar.family_engagement"]},
        sources=[("surveyed", row.pk), forum],
    )  # fmt: skip
    version, _new = make_report(project=survey.project, by=cast.rosa)
    told = told_back(version, "families")
    assert [one["who"] for one in told["strengths"]] == ["You told us"]
    assert not told["unheard"]
    page = signed_in(cast.tom).get(f"/listening/{survey.project_id}/report/").content.decode()
    assert made.words in page
    assert "1 statement of a forum" in page
    assert "1 thing that a survey told" in page


def test_what_is_not_told_is_nobodys_source(cast: Cast) -> None:
    running, few = opened(cast), counted(cast, answers=10)
    told = counted(cast)
    for survey, question, said in (
        (running, "home", ""),
        (make(cast), "home", ""),
        (few, "home", ""),
        (few, "better", "Idea 7"),
        (told, "known", ""),  # nobody answered it
        (told, "better", "Something nobody wrote"),
        (told, "grade", ""),  # of whom, the rates say
        (told, "nothing", ""),
    ):
        with pytest.raises(NotAllowed):
            take(survey=survey, question=question, said=said, by=cast.rosa)
    assert not Surveyed.objects.exists()


def test_a_held_text_comes_only_in_the_words_that_others_may_read(cast: Cast) -> None:
    survey, rosa = opened(cast), signed_in(cast.rosa)
    for n in range(12):
        say(survey, better=f"Idea {n}")
    say(survey, better="Diego pushes everybody")
    survey = surveys.seal(survey=survey, by=cast.rosa)
    with pytest.raises(NotAllowed):
        take(survey=survey, question="better", said="Diego pushes everybody", by=cast.rosa)
    held = survey.pages.get(held=True)
    said = {"page": held.pk, "said": "Diego pushes everybody", "instead": "Somebody pushes us"}
    rosa.post(f"/listening/surveys/{survey.pk}/held/", said)
    row = take(survey=survey, question="better", said="Somebody pushes us", by=cast.rosa)
    assert row.told == {"in": "en", "said": "Somebody pushes us"}


def test_tom_takes_nothing_and_grace_reads_it_because_she_runs_it_too(cast: Cast) -> None:
    survey = counted(cast)
    with pytest.raises(PermissionDenied):
        take(survey=survey, question="home", by=cast.tom)
    assert (
        "Take it for a finding"
        not in signed_in(cast.tom).get(f"/listening/surveys/{survey.pk}/results/").content.decode()
    )
    take(survey=survey, question="home", by=cast.rosa)
    assert Surveyed.objects.visible_to(cast.grace).count() == 1
    assert Surveyed.objects.visible_to(cast.tom).count() == 0
