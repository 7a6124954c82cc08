"""The framework at a glance: what every room says meets on one page, for each reader their own."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearth.listening.actions.finding import open_check, recommend, write_finding
from hearth.listening.actions.heard import write_down
from hearth.listening.actions.phase import decide_phase
from hearth.listening.actions.report import make_report, sign_report
from hearth.listening.models import Finding, Interview, ListeningProject, Statement, Visit
from hearth.partners.models import Organization
from hearth.schools.models import Session
from hearth.supports.actions.team import set_door
from hearth.web.glance import look
from tests.cast import Cast
from tests.insight.released import figure, tell
from tests.listening.world import begin
from tests.makers import make_referral
from tests.partners.world import signed as sign_agreement
from tests.supports.conftest import Asked
from tests.supports.teams import set_up
from tests.web.test_pages import signed_in

FOUND = "Children are known by name at the gate."
OPEN = "Lunch is loud, and some sit alone."
KEY = "condition.relationships"


@pytest.fixture
def heard(cast: Cast) -> ListeningProject:
    """Cottonwood listened, found a strength and an opportunity, and signed what it tells."""
    year = Session.objects.create(
        district=cast.alder, title="2026-27", kind="schoolYear", starts="2026-08-01",
        ends="2027-06-10",
    )  # fmt: skip
    project = begin(cast, session=year)
    on = timezone.localdate()
    down: dict[str, Any] = {"project": project, "by": cast.rosa}
    said = {"on": on, "role": "student", "quote": "no", "language": "en", "stories": "The gate.",
            "needs": "", "strengths": "", "group": ""}  # fmt: skip
    told = write_down(Interview, key="6d1f3b6e-1c7b-4e2c-9f0e-000000000001", said=said, **down)
    seen = write_down(
        Visit, key="6d1f3b6e-1c7b-4e2c-9f0e-000000000002",
        said={"on": on, "minutes": 20, "seen": ["belonging"], "noticed": "Names.", "wondered": ""},
        **down,
    )  # fmt: skip
    rests_on = [("interview", told.pk), ("visit", seen.pk)]
    for side, words in (("opportunity", OPEN), ("strength", FOUND)):
        write_finding(
            project=project, by=cast.rosa, sources=rests_on,
            said={"side": side, "about": KEY, "sure": "fair", "words": words},
        )  # fmt: skip
    version, _new = make_report(project=project, by=cast.rosa)
    sign_report(report=version, speaks_for="the guiding group", words="", by=cast.grace)
    return project


def clinic(cast: Cast) -> Organization:
    made: Organization = Organization.objects.create(district=cast.alder, name="River Clinic")
    return made


def page(user: Any, path: str = "/framework/") -> str:
    answer = signed_in(user).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def element(user: Any, key: str = KEY, place: str = "cottonwood") -> str:
    return page(user, reverse("framework_element", args=[place, key]))


def test_rosa_reads_the_strength_first_and_what_nobody_has_taken_on(
    cast: Cast, heard: ListeningProject
) -> None:
    html = element(cast.rosa)
    assert html.index(FOUND) < html.index(OPEN)
    assert "Somebody who takes on what was heard." in html
    assert f'href="/listening/{heard.pk}/report/"' in html
    assert FOUND in page(cast.rosa)


def test_a_next_step_that_somebody_took_on_is_something_we_do(
    cast: Cast, heard: ListeningProject
) -> None:
    opportunity = Finding.objects.get(project=heard, side="opportunity")
    recommend(
        finding=opportunity, words="A quiet corner.", owner="Tom", next_step="Ask the council.",
        by_when=timezone.localdate(), by=cast.rosa,
    )  # fmt: skip
    version, _new = make_report(project=heard, by=cast.rosa)
    sign_report(report=version, speaks_for="the guiding group", words="", by=cast.grace)
    html = element(cast.rosa)
    assert "Ask the council." in html
    assert "Somebody who takes on what was heard." not in html


def test_what_the_council_decided_a_year_later_is_a_change_in_words(
    cast: Cast, heard: ListeningProject
) -> None:
    before = Session.objects.create(
        district=cast.alder, title="2025-26", kind="schoolYear", starts="2025-08-01",
        ends="2026-06-10",
    )  # fmt: skip
    earlier = begin(cast, session=before)
    decided: dict[str, Any] = {
        "artifacts": [], "also": "Minutes", "decided_by": "Site council",
        "decided_on": timezone.localdate(),
    }  # fmt: skip
    for project, phase in ((earlier, "visioning"), (heard, "engaging")):
        decide_phase(
            project=project, strategy="strategy.collaborative_leadership", by=cast.rosa,
            said=decided | {"phase": f"phase.{phase}"},
        )  # fmt: skip
    html = element(cast.rosa, "practice.councils")
    assert "Collaborative Leadership: from visioning to engaging" in html
    assert "Decided by: Site council" in html


def test_linh_reads_only_what_stands_openly(cast: Cast, heard: ListeningProject) -> None:
    assert FOUND not in page(cast.linh)
    open_check(project=heard, by=cast.rosa)
    html = element(cast.linh)
    assert FOUND in html
    assert "/heard/" not in html, "the address is for those to whom it was given"
    assert FOUND not in page(cast.marcus), "he belongs to no school"
    assert "/listening/" not in html
    assert "/numbers/" not in html


def test_sam_of_larkspur_does_not_open_cottonwoods_page(cast: Cast) -> None:
    sam = signed_in(cast.login_of("sam"))
    assert sam.get("/framework/at/larkspur/").status_code == 200
    assert sam.get("/framework/at/cottonwood/").status_code == 404
    assert sam.get("/framework/at/district/").status_code == 404
    assert sam.get("/framework/at/larkspur/pillar.kindness/").status_code == 404


def test_marcus_reads_of_the_district_and_finds_no_door_that_is_shut_to_him(
    cast: Cast, heard: ListeningProject
) -> None:
    sign_agreement(clinic(cast), cast.rosa)
    html = page(cast.marcus)
    assert cast.alder.name in html
    for shut in ("/referrals/", "/listening/", "/directory/", "/numbers/"):
        assert f'href="{shut}' not in html
    alignment = element(cast.marcus, "practice.alignment", "district")
    assert "what partners and schools agreed" not in alignment, "only for whoever keeps it"
    assert "what partners and schools agreed" in element(cast.rosa, "practice.alignment")


def test_helen_reads_at_how_many_schools_and_then_at_one(cast: Cast) -> None:
    set_up(cast)
    html = page(cast.helen)
    assert "The support team sits together every week." in html
    assert "at one of 5 schools" in html
    assert "at 4 of 5 schools" in html, "where no team is set up"
    chosen = signed_in(cast.helen).get("/framework/?place=cottonwood", follow=True)
    assert "of 5 schools" not in chosen.content.decode()
    for typed in ("a b", "a/b", "../x", "nowhere", "\x00"):
        assert signed_in(cast.helen).get("/framework/", {"place": typed}).status_code == 404
    assert "Cottonwood Elementary" in element(
        cast.helen, "pillar.collaborative_leadership", "district"
    )


def test_a_figure_is_said_as_a_change_only_where_the_intervals_lie_apart(cast: Cast) -> None:
    last = {"low": "25.0", "high": "33.0"}
    tell(cast, [figure("", **last)], year=2025)
    tell(cast, [figure("", low="15.1", high="22.0")], year=2026)
    html = element(cast.rosa, "condition.supports")
    assert "Chronic absence: less than the year before" in html
    assert "2025–26: 20.0%" in html, "the figure stands behind it"
    assert "%" not in page(cast.rosa).split("<main")[1], "and none on the quilt"


def test_intervals_that_touch_are_no_change(cast: Cast) -> None:
    tell(cast, [figure("", low="14.0", high="24.0")], year=2025)
    tell(cast, [figure("", low="15.1", high="26.1")], year=2026)
    assert "Chronic absence: about as in the year before" in element(
        cast.rosa, "condition.supports"
    )


def test_a_year_that_still_runs_is_set_beside_a_whole_one_only_where_that_is_fair(
    cast: Cast,
) -> None:
    year = timezone.localdate().year + 10
    for measure in ("chronic_absence", "suspension_rate"):
        tell(cast, [figure("", low="25.0", high="33.0")], measure=measure, year=year - 1)
        running = tell(cast, [figure("", low="1.0", high="2.0")], measure=measure, year=year)
        running.as_of = timezone.localdate()
        running.save(update_fields=["as_of"])
    assert "Chronic absence: so far less than" in element(cast.rosa, "condition.supports")
    assert "so far" not in element(cast.rosa, "commitment.restorative")


def test_unmet_need_is_missing_once_it_may_be_told(cast: Cast) -> None:
    tell(cast, [figure("", n=50, k=20)], measure="unmet_need")
    html = element(cast.rosa, "pillar.integrated_supports")
    assert "Some of what families asked for is still open." in html
    assert 'href="/numbers/missing/cottonwood/"' in html
    assert "is still open." not in element(cast.linh, "pillar.integrated_supports")


def test_the_element_names_the_lists_that_the_same_work_answers(cast: Cast) -> None:
    html = element(cast.rosa, "pillar.family_engagement")
    assert "Parental involvement" in html
    assert "Eight state priorities" in html
    assert "Powerful student and family engagement" in html


def test_every_tile_of_an_empty_school_says_who_could_begin(cast: Cast) -> None:
    tiles = look(cast.login_of("sam"), "larkspur").tiles
    assert sum(tile.is_empty for tile in tiles) >= 14
    assert page(cast.login_of("sam")).count("Nothing is told here yet.") == sum(
        tile.is_empty for tile in tiles
    )


def test_the_whole_page_asks_twelve_times_at_most_for_one_school_and_for_five(
    cast: Cast, heard: ListeningProject
) -> None:
    make_referral(cast.diego, cast.tom)
    set_up(cast)
    sign_agreement(clinic(cast), cast.rosa)
    tell(cast, [figure("")])
    statement = {"on": timezone.localdate(), "words": "A say.", "agree": 9, "disagree": 1,
                 "passed": 0}  # fmt: skip
    write_down(
        Statement, project=heard, key="6d1f3b6e-1c7b-4e2c-9f0e-000000000003", said=statement,
        by=cast.rosa,
    )  # fmt: skip
    for who, path in (
        (cast.rosa, "/framework/"), (cast.linh, "/framework/"), (cast.helen, "/framework/"),
        (cast.rosa, f"/framework/at/cottonwood/{KEY}/"),
        (cast.helen, f"/framework/at/district/{KEY}/"),
    ):  # fmt: skip
        client: Client = signed_in(who)
        client.get(path)
        with Asked(connection) as asking:
            client.get(path)
        assert asking.count <= 12, "\n".join(asking.questions)


def test_every_link_opens_for_the_reader_who_is_shown_it(
    cast: Cast, heard: ListeningProject
) -> None:
    make_referral(cast.diego, cast.tom)
    set_up(cast)
    set_door(school=cast.cottonwood, door_open=True, by=cast.rosa)
    sign_agreement(clinic(cast), cast.rosa)
    open_check(project=heard, by=cast.rosa)
    tell(cast, [figure("", n=50, k=20)], measure="unmet_need")
    readers = [getattr(cast, key) for key in ("rosa", "tom", "linh", "helen", "marcus")]
    for reader in (*readers, cast.login_of("sam")):
        client, glance = signed_in(reader), look(reader, "")
        lines = [line for tile in glance.tiles for part in tile.parts for line in part.lines]
        urls = {line.url for line in lines} | {one.url for line in lines for one in line.behind}
        urls |= {one.url for shown in glance.figures.values() for one in shown}
        for url in urls - {""}:
            assert client.get(url).status_code in (200, 302), (reader.email, url)


def test_it_prints_for_a_wall_in_the_readers_language(cast: Cast, heard: ListeningProject) -> None:
    paper = signed_in(cast.rosa).get("/framework/at/cottonwood/paper/")
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")
    assert b"/StructTreeRoot" in paper.content, "tagged, for whoever hears it"
