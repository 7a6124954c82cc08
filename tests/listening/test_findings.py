"""A finding stands on two kinds of source, learners among them; those heard may say it is not."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.core.exceptions import PermissionDenied
from django.test import Client

from hearth.framework.elements import elements
from hearth.listening.actions.finding import open_check, recommend, write_finding
from hearth.listening.actions.heard import write_down
from hearth.listening.models import Finding, Interview, ListeningProject, Statement, Visit
from hearth.listening.models.finding import NotWhatWeSaid
from hearth.listening.reading.findings import standing
from hearth.listening.rules.findings import Source, why_draft
from tests.cast import Cast
from tests.listening.world import begin

DAY = date(2026, 10, 5)
SAID = {"side": "strength", "about": "default.real_work", "sure": "fair",
        "words": "Children feel proud in the garden."}  # fmt: skip


@pytest.mark.parametrize(
    ("sources", "missing"),
    [
        ([], ["kinds", "learners"]),
        ([Source("interview", "student"), Source("interview", "family")], ["kinds"]),
        ([Source("interview", "family"), Source("visit")], ["learners"]),
        ([Source("document"), Source("visit")], ["learners"]),
        ([Source("interview", "student"), Source("visit")], []),
        ([Source("statement", "student"), Source("interview", "staff")], []),
    ],
)
def test_r30(sources: list[Source], missing: list[str]) -> None:
    assert why_draft(sources) == missing


def down(cast: Cast, project: ListeningProject, kind: Any, **said: Any) -> tuple[str, int]:
    row = write_down(kind, project=project, key=uuid4(), said={"on": DAY, **said}, by=cast.rosa)
    return str(kind._meta.model_name), row.pk


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def heard(cast: Cast, role: str) -> tuple[ListeningProject, list[tuple[str, int]]]:
    project = begin(cast)
    return project, [
        down(cast, project, Interview, role=role, quote="no", stories="The garden."),
        down(cast, project, Visit, minutes=10, noticed="They plant."),
    ]


def test_a_draft_says_why_and_amina_does_not_read_it(cast: Cast) -> None:
    project, sources = heard(cast, "family")
    made = write_finding(project=project, said=SAID, sources=sources, by=cast.rosa)
    address = f"/listening/{project.pk}/findings/"
    page = signed_in(cast.rosa).get(address).content.decode()
    assert "No learner is among those heard" in page
    assert SAID["words"] not in signed_in(cast.amina).get(address).content.decode()
    sources.append(down(cast, project, Statement, words="We plant.", agree=9, disagree=1, passed=2))
    write_finding(project=project, said=SAID, sources=sources, by=cast.rosa, finding=made)
    assert [(one.sources, one.kinds, one.missing) for one in standing(project)] == [(3, 3, [])]
    recommend(finding=made, words="A second bed", owner="Tom", next_step="Ask the city",
              by_when=date(2027, 1, 8), by=cast.rosa)  # fmt: skip
    page = signed_in(cast.amina).get(address).content.decode()
    assert SAID["words"] in page
    assert "Ask the city" in page


def test_rosa_writes_it_on_the_page_with_what_it_rests_on(cast: Cast) -> None:
    project, sources = heard(cast, "student")
    chosen = [f"{kind}-{pk}" for kind, pk in sources]
    rosa = signed_in(cast.rosa)
    rosa.post(f"/listening/{project.pk}/findings/new/", SAID | {"sources": chosen})
    made = Finding.objects.get()
    assert sorted(one.thing for one in made.sources.all()) == sorted(sources)
    again = rosa.get(f"/listening/{project.pk}/findings/{made.pk}/").content.decode()
    assert again.count("checked") >= 4


def test_each_element_is_asked_for_once_and_one_is_enough(cast: Cast) -> None:
    """Sixteen stand on the form, each once; what it is about may be one of them."""
    project, sources = heard(cast, "student")
    address, rosa = f"/listening/{project.pk}/findings/new/", signed_in(cast.rosa)
    form = rosa.get(address, follow=True).content.decode()
    for one in elements():
        assert form.count(f'value="{one.key}"') == 1, one.key
    assert "Interview: a student" in form, "of which kind a source is, and whether a learner spoke"
    said = SAID | {"about": "", "sources": [f"{kind}-{pk}" for kind, pk in sources]}
    assert "Say what it is about" in rosa.post(address, said).content.decode()
    spoken = ["pillar.family_engagement", "condition.relationships"]
    rosa.post(address, said | {"elements": spoken})
    made = Finding.objects.get()
    assert [made.about, *made.elements] == spoken
    Finding.objects.update(about=spoken[1], elements=[spoken[0]])
    rosa.post(f"/listening/{project.pk}/findings/{made.pk}/", said | {"elements": spoken})
    made.refresh_from_db()
    assert [made.about, *made.elements] == spoken[::-1], "what it was about it stays about"


def test_a_finding_does_not_leave_with_a_name_that_nobody_looked_at(cast: Cast) -> None:
    project, sources = heard(cast, "student")
    address, rosa = f"/listening/{project.pk}/findings/new/", signed_in(cast.rosa)
    said = SAID | {"sources": [f"{kind}-{pk}" for kind, pk in sources],
                   "words": "Minh Anh eats alone."}  # fmt: skip
    page = rosa.post(address, said).content.decode()
    assert "a word looks like a name of this school" in page
    assert "Minh Anh eats alone." in page, "what was typed stays"
    assert not Finding.objects.exists()
    rosa.post(address, said | {"words": "Some eat alone.", "words_es": "Minh Anh come a solas."})
    assert not Finding.objects.exists(), "in either language"
    rosa.post(address, said | {"looked": "on"})
    assert Finding.objects.get().words == "Minh Anh eats alone.", "a garden may be called Rose"


def test_the_same_source_named_twice_is_one(cast: Cast) -> None:
    project, sources = heard(cast, "student")
    twice = [f"{kind}-{pk}" for kind, pk in (*sources, *sources)]
    answer = signed_in(cast.rosa).post(
        f"/listening/{project.pk}/findings/new/", SAID | {"sources": twice}
    )
    assert answer.status_code == 302
    assert Finding.objects.get(project=project).sources.count() == len(sources)


def test_pressed_twice_it_is_one_finding_one_recommendation_and_one_doubt(cast: Cast) -> None:
    project, sources = heard(cast, "student")
    said = SAID | {"sources": [f"{kind}-{pk}" for kind, pk in sources]}
    rosa = signed_in(cast.rosa)
    opened = rosa.get(f"/listening/{project.pk}/findings/new/?side=strength").headers["Location"]
    assert "side=strength" in opened, "what another page brought along comes along"
    for words in (SAID["words"], SAID["words"], "They measure the beds."):
        rosa.post(opened, said | {"words": words})
    assert Finding.objects.count() == 2, "other words, as after Back, are another finding"
    made = Finding.objects.get(words=SAID["words"])
    bed = {"words": "A second bed", "owner": "Tom", "next_step": "Ask", "by_when": "2027-01-08"}
    opened = rosa.get(f"/listening/{project.pk}/findings/{made.pk}/recommend/").headers["Location"]
    for _press in range(2):
        rosa.post(opened, bed)
    assert made.recommendations.count() == 1
    address = f"/heard/{cast.alder.slug}/{open_check(project=project, by=cast.rosa).key}/"
    for words in ("It was the cooking.", "It was the cooking.", "It was the garden."):
        Client().post(address, {"finding": made.pk, "words": words})
    assert NotWhatWeSaid.objects.count() == 2


def test_those_who_were_heard_say_it_is_not_what_they_said(cast: Cast) -> None:
    project, sources = heard(cast, "student")
    stands = write_finding(project=project, said=SAID, sources=sources, by=cast.rosa)
    draft = write_finding(
        project=project, said=SAID | {"words": "Nobody listens."}, sources=sources[:1], by=cast.rosa
    )
    check = open_check(project=project, by=cast.rosa)
    assert open_check(project=project, by=cast.grace).pk == check.pk
    anybody, address = Client(), f"/heard/{cast.alder.slug}/{check.key}/"
    page = anybody.get(address).content.decode()
    assert SAID["words"] in page
    assert "Nobody listens." not in page
    assert "The garden." not in page, "words as they were said stay with few"
    anybody.post(address, {"finding": draft.pk, "words": "A draft is not on the page."})
    assert not NotWhatWeSaid.objects.exists()
    anybody.post(address, {"finding": stands.pk, "words": "It was the cooking, too."})
    assert {f.name for f in NotWhatWeSaid._meta.get_fields() if f.is_relation} == {
        "district", "school", "finding"
    }  # fmt: skip
    told = signed_in(cast.rosa).get(f"/listening/{project.pk}/findings/").content.decode()
    assert "It was the cooking, too." in told
    assert anybody.get(f"/heard/{cast.alder.slug}/{uuid4()}/").status_code == 404
    assert anybody.get(f"/heard/{cast.bristlecone.slug}/{check.key}/").status_code == 404


def checked(cast: Cast) -> tuple[Finding, str]:
    """What stands, and the open page on which it is read."""
    project, sources = heard(cast, "student")
    made = write_finding(project=project, said=SAID, sources=sources, by=cast.rosa)
    key = open_check(project=project, by=cast.rosa).key
    return made, f"/heard/{cast.alder.slug}/{key}/"


def test_a_machine_is_noticed_and_nothing_typed_is_lost(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, address = checked(cast)
    anybody, said = Client(), {"finding": made.pk, "words": "It was the cooking."}
    trapped = anybody.post(address, said | {"website": "https://buy.example"})
    assert "a field that nobody sees" in trapped.content.decode()
    assert "It was the cooking." in trapped.content.decode()
    monkeypatch.setattr("hearth.listening.views.findings.AT_MOST", 2)
    caches["memory"].clear()
    answers = [
        anybody.post(address, said | {"words": words}) for words in ("A", "B", said["words"])
    ]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert "It was the cooking." in answers[-1].content.decode()
    assert NotWhatWeSaid.objects.count() == 2


def test_a_doubt_that_tells_of_harm_stands_first_before_rosa_alone(cast: Cast) -> None:
    made, address = checked(cast)
    pages = f"/listening/{made.project_id}/findings/"
    assert "A duty to report" not in signed_in(cast.rosa).get(pages).content.decode()
    for words in ("At home he hits me.", "It was the cooking, too."):
        Client().post(address, {"finding": made.pk, "words": words})
    told = signed_in(cast.rosa).get(pages).content.decode()
    assert "A duty to report" in told
    assert "may tell of harm" in told.partition("At home he hits me.")[0]
    assert told.index("At home he hits me.") < told.index("It was the cooking, too.")
    for page in (signed_in(cast.amina).get(pages), Client().get(address)):
        assert "hits me" not in page.content.decode()
        assert "A duty to report" not in page.content.decode()


def test_a_teacher_writes_no_finding(cast: Cast) -> None:
    project, sources = heard(cast, "student")
    with pytest.raises(PermissionDenied):
        write_finding(project=project, said=SAID, sources=sources, by=cast.tom)
