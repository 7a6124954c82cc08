"""The privacy review as a page: every address of the house × every member of the cast.

    HEARTH_WRITE=1 pytest tests/guards/test_who_sees_what.py   # after a change you meant

The difference in docs/reference/who-sees-what.md is what a reviewer reads.
"""

import os
import re
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from hearth.access.models import Membership
from hearth.imports.models import ImportRun
from hearth.listening.actions import project as projects
from hearth.listening.actions.finding import open_check, write_finding
from hearth.listening.actions.heard import write_down
from hearth.listening.actions.report import make_report, sign_report
from hearth.listening.models import Interview, SurveyReminder
from hearth.partners.actions import consent as consents
from hearth.partners.actions import outward
from hearth.partners.actions.asset import propose
from hearth.partners.actions.capacity import ask_to_update
from hearth.partners.actions.keeping import suggest
from hearth.partners.actions.listing import renew_listings
from hearth.partners.models import Contact, Link, Organization, Service
from hearth.partners.models.link import hash_of
from hearth.people import actions as people
from hearth.people.models import PartnerWorker, Person, Section
from hearth.schools.acting import acting_for
from hearth.supports.actions import review as reviews
from hearth.supports.actions import tier as tiers
from hearth.supports.actions.door import ask_at_door
from hearth.supports.actions.export import ask_for_export
from hearth.supports.actions.instead import ask_instead
from hearth.supports.actions.legal import open_assessment
from hearth.supports.actions.progress import add_point
from hearth.supports.actions.team import set_door
from hearth.supports.models import Export, HelpRequest, Referral, SafetyCall
from hearth.supports.tasks import taking_out
from tests.cast import Cast
from tests.guards.house import ROOT, addresses
from tests.guards.rows_money import for_the_county, with_a_visit, with_money
from tests.insight.released import asked_table, still_missing, told_and_walked
from tests.listening.world import begin as begin_listening
from tests.listening.world import counted, opened
from tests.listening.world import make as make_survey
from tests.listening.world_outside import with_figures_of_another_survey
from tests.makers import make_guardian, make_person, make_referral, make_student
from tests.partners.world import signed as sign
from tests.partners.world import teo
from tests.supports.plans import make_measure, make_plan, tier_words
from tests.supports.teams import decide, item_of, open_now, set_up

PAGE = ROOT / "docs" / "reference" / "who-sees-what.md"
LATER = date(2030, 1, 1)
BREAD = {"kind": "business", "name": "La Estrella", "languages": ["es"]}
PEOPLE = ["rosa", "tom", "amina", "grace", "linh", "sam", "priya", "helen", "marcus", "joy", "omar"]
HEAD = """# Who sees what

Made by a test from the running pages; the difference is the privacy review. Every address of the
house that has a gate, tried by every member of the cast with rows of **Cottonwood Elementary**:
the student is Diego, in Tom's class; the referral is the one that Tom made for him.

**yes** the page opens or the act is done · **–** not part of their role (403) · **∅** for them it
is not there (404) · **asks** it says what is missing (400, 401, 409) · **sign in** sent to sign in

Rosa is Cottonwood's coordinator, Tom a teacher there, Amina its counselor, Grace its principal.
Linh is the mother of another child in Diego's class. Sam is a student and Joy a teacher of Larkspur
High. Priya is the district's analyst, Helen its lead, Marcus works for a partner, and Omar
coordinates in another district.

"""


@pytest.fixture
def rows(cast: Cast) -> dict[str, dict[str, Any]]:
    """One row for each kind of address, all of Cottonwood."""
    referral = make_referral(cast.diego, cast.tom)
    twin = make_student(cast.cottonwood, person=make_person(cast.alder, "Diego", "Obrien Ruiz"))
    other = make_student(cast.cottonwood, person=make_person(cast.alder, "D.", "O'Brien-Ruiz"))
    merge = people.merge(kept=cast.diego.person, absorbed=other.person, by=cast.helen)
    two = people.keep_two(one=cast.minh_anh.person, other=twin.person, by=cast.helen)
    run = ImportRun.objects.create(
        district=cast.alder, file_name="roster.zip", by=cast.priya, kept_until=LATER
    )
    membership = Membership.objects.get(user=cast.tom)
    set_up(cast)
    held = open_now(cast)
    decision = decide(item_of(held, referral), cast)
    room = Section.objects.get(title="Grade 4, room 12")
    review = reviews.begin(section=room, by=cast.tom)
    assessment = open_assessment(
        student=cast.diego, kind="section_504", asked_on=date(2026, 9, 14), words="Please.",
        by=cast.tom,
    )  # fmt: skip
    instead = ask_instead(
        student=cast.diego, strength="Builds.", happened="A shout.", nonce=uuid4(), by=cast.tom
    )
    asked = at_the_door(cast)
    call = SafetyCall.objects.get(request=asked)
    return {
        "ask/": {"district": cast.alder.slug, "school": cast.cottonwood.slug, "key": asked.key},
        "framework/at/": {"place": cast.cottonwood.slug, "key": "condition.relationships"},
        "referrals/door/": {"pk": asked.pk, "referral": referral.pk},
        "referrals/door/posters/": {"pk": cast.cottonwood.pk, "language": "es"},
        "referrals/safety/": {"pk": call.pk},
        **in_the_directory(cast),
        **out_to_a_partner(cast, referral),
        **with_money(cast),
        **for_the_county(cast),
        **with_a_visit(cast),
        "students/": {"pk": cast.diego.pk},
        "people/students/": {"pk": cast.diego.pk},
        "people/duplicates/": {"one": cast.diego.pk, "other": twin.pk},
        "people/merges/": {"pk": merge.pk},
        "people/two-people/": {"pk": two.pk},
        "referrals/": {"pk": referral.pk, "key": "triage"},
        "referrals/exports/": {"pk": _export(cast).pk},
        "referrals/reviews/": {"pk": review.pk, "student": cast.diego.pk, "section": room.pk},
        "referrals/team/": {"school": cast.cottonwood.pk, "key": "norms"},
        "referrals/meetings/": {"pk": held.pk, "item": item_of(held, referral).pk},
        "referrals/decisions/": {"pk": decision.pk},
        "referrals/about/": {"key": "families", "language": "es"},
        "referrals/assessments/": {"pk": assessment.pk, "key": "plan"},
        "referrals/instead/": {"pk": instead.pk},
        **around_a_plan(cast),
        "numbers/at/": {"place": "cottonwood", "measure": "chronic_absence", "cut": "race+gender"},
        "numbers/missing/": {"place": still_missing(cast)},
        "numbers/tables/": {"pk": asked_table(cast).pk},
        "numbers/walks/": {"pk": told_and_walked(cast).pk, "language": "es"},
        **what_is_listened_for(cast),
        "imports/": {"pk": run.pk, "table": "students", "fate": "new"},
        "me/members/": {"pk": membership.pk},
        "me/view-as/": {"pk": cast.amina.pk},
    }


def what_is_listened_for(cast: Cast) -> dict[str, dict[str, Any]]:
    """Cottonwood's listening project, with one day on which something comes back."""
    project = begin_listening(cast)
    day = projects.add_day(
        project=project, day=LATER, what="One page", to_whom="every family", by=cast.rosa
    )
    said = {"on": date(2026, 10, 5), "role": "student", "quote": "yes", "stories": "A garden."}
    told = write_down(Interview, project=project, key=uuid4(), said=said, by=cast.rosa)
    here = {"pk": project.pk, "strategy": "partnerships", "kind": "interview",
            "interview": told.pk, "thing": told.pk}  # fmt: skip
    found = {"side": "strength", "about": "default.trust", "words": "A garden.", "sure": "fair"}
    made = write_finding(project=project, said=found, sources=[("interview", told.pk)],
                         by=cast.rosa)  # fmt: skip
    version, _new = make_report(project=project, by=cast.rosa)
    sign_report(report=version, speaks_for="the staff", words="", by=cast.grace)
    here |= {"finding": made.pk, "group": "families", "number": 1, "language": "es",
             "audience": "families"}  # fmt: skip
    brought = with_figures_of_another_survey(project)
    here |= {"brought": brought.pk, "figure": brought.figures.get().pk}
    check = open_check(project=project, by=cast.rosa)
    survey, being_made = opened(cast), make_survey(cast)
    own = make_survey(cast, way="personal")
    reminder = SurveyReminder.objects.create(district=cast.alder, survey=own, day=LATER)
    return {
        "listening/": here,
        "listening/days/": {"pk": day.pk},
        "listening/surveys/": {"pk": survey.pk, "language": "es"},
        "listening/surveys/<int:pk>/asked/": {"pk": own.pk, "reminder": reminder.pk},
        "listening/surveys/<int:pk>/build/": {"pk": being_made.pk},
        "listening/surveys/<int:pk>/open/": {"pk": being_made.pk},
        "listening/surveys/<int:pk>/questions/": {"pk": being_made.pk, "key": "home"},
        "listening/surveys/<int:pk>/results/": {"pk": counted(cast).pk},
        "say/": {"district": cast.alder.slug, "key": survey.key, "ticket": "0-none"},
        "heard/": {"district": cast.alder.slug, "key": check.key, "audience": "families"},
    }


def at_the_door(cast: Cast) -> HelpRequest:
    """Somebody knocked at Cottonwood's open door, and it cannot wait."""
    set_door(school=cast.cottonwood, door_open=True, by=cast.rosa)
    said = {"asker": "family", "about_name": "Diego", "strength": "Builds.", "concern": "Afraid.",
            "urgency": "now"}  # fmt: skip
    return ask_at_door(school=cast.cottonwood, said=said)


def in_the_directory(cast: Cast) -> dict[str, dict[str, Any]]:
    """A clinic with one service, and a neighbor's word that something is not right."""
    clinic = Organization.objects.create(district=cast.alder, name="River Clinic")
    service = Service.objects.create(district=cast.alder, organization=clinic, name="Counseling")
    renew_listings(district_id=cast.alder.pk)
    said = suggest(service=service, said={}, words="The phone rings nowhere.")
    return {
        "directory/services/": {"pk": service.pk, "language": "es"},
        "directory/corrections/": {"pk": said.pk},
        "directory/assets/": {"pk": propose(district_id=cast.alder.pk, said=BREAD).pk},
        "neighborhood/": {"district": cast.alder.slug},
        "directory/school/": {"pk": cast.cottonwood.pk},
        "offers/": {"district": cast.alder.slug, "pk": service.pk},
        **with_a_partner(cast, clinic),
    }


def with_a_partner(cast: Cast, clinic: Organization) -> dict[str, dict[str, Any]]:
    """What the district signed with the clinic, whom it may write to there, and a link."""
    signed = sign(clinic, cast.rosa)
    person = teo(clinic, cast.rosa)
    link = ask_to_update(organization=clinic, by=cast.rosa)
    Link.objects.filter(pk=link.pk).update(secret_hash=hash_of("key"), sent_at=link.made_at)
    return {
        "directory/partners/": {"pk": clinic.pk},
        "directory/agreements/": {"pk": signed.pk},
        "directory/contacts/": {"pk": person.pk},
        "directory/links/": {"pk": link.pk},
        "partner/": {"district": cast.alder.slug, "secret": "key"},
    }


def out_to_a_partner(cast: Cast, referral: Referral) -> dict[str, dict[str, Any]]:
    """Diego's father allowed what the clinic reads, and Diego is referred there."""
    father = make_guardian(cast.diego, make_person(cast.alder, "Luis", "Ruiz"), "father")
    service = Service.objects.get(name="Counseling")
    asked = consents.ask(
        student=cast.diego, organization=service.organization, adult=father.guardian,
        elements=["name", "asked_for"], language="es", expires_on=LATER, by=cast.rosa,
    )  # fmt: skip
    given = consents.answer(consent=asked, yes=True, way="paper", written_by=cast.rosa)
    contact = Contact.objects.get(organization=service.organization)
    contact.worker = PartnerWorker.objects.get(person=cast.person("marcus"))  # signs in there
    contact.save(update_fields=["worker"])
    out = outward.send(
        consent=given, service=service, contact=contact, words="A word a week.",
        answers=referral.pk, by=cast.rosa,
    )  # fmt: skip
    Link.objects.filter(pk=out.link_id).update(secret_hash=hash_of("two"), sent_at=out.sent_at)
    here = {"district": cast.alder.slug}
    return {
        "out/students/": {"student": cast.diego.pk, "service": service.pk},
        "out/referrals/": {"pk": out.pk},
        "sent-to-us/": {"pk": out.pk},
        "out/consents/": {"pk": given.pk},
        "family/": {**here, "key": given.key},
        "family/<slug:district>/met/": {**here, "key": out.met_key},
        "partner/<slug:district>/referral/": {**here, "secret": "two"},
        "referrals/<int:pk>/partners/": {"pk": referral.pk, "out": out.pk},
    }


def _export(cast: Cast) -> Export:
    """A file that Rosa took out."""
    export = ask_for_export(wanted={}, nonce=uuid4(), district_id=cast.alder.pk, by=cast.rosa)
    taking_out.make(export_id=export.pk)
    return export


def around_a_plan(cast: Cast) -> dict[str, dict[str, Any]]:
    """Rosa wrote Diego's plan; Tom counted once; a tier and an IEP stand beside it."""
    plan = make_plan(cast.diego, cast.rosa)
    measure = make_measure(plan, cast.rosa, baseline_on=date(2020, 9, 7))
    point = add_point(measure=measure, on=date(2020, 9, 14), value=Decimal(41), by=cast.tom)
    second = tiers.set_tier(student=cast.diego, by=cast.rosa, **tier_words())
    kept = tiers.keep_entitlement(
        student=cast.diego, kind="iep", accommodations="More time", case_manager=cast.amina,
        starts_on=date(2026, 9, 1), by=cast.amina,
    )  # fmt: skip
    return {
        "referrals/students/": {"pk": cast.diego.pk, "domain": "academic"},
        "referrals/plans/": {"pk": plan.pk},
        "referrals/goals/": {"pk": plan.goals.get().pk},
        "referrals/strategies/": {"pk": plan.strategies.get().pk},
        "referrals/measures/": {"pk": measure.pk},
        "referrals/points/": {"pk": point.pk},
        "referrals/tiers/": {"pk": second.pk},
        "referrals/entitlements/": {"pk": kept.pk},
    }


def filled(address: str, rows: dict[str, dict[str, Any]]) -> str:
    """The address with the keys of its example row in it."""
    prefix = max((p for p in rows if address.startswith(p)), key=len, default="")

    def key(found: re.Match[str]) -> str:
        return str(rows[prefix][found[1]])

    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", key, address)


def outcome(response: HttpResponse) -> str:
    if response.status_code == 302:
        sign_in = response.headers["Location"].startswith((reverse("account_login"), "/demo/"))
        return "sign in" if sign_in else "yes"
    words = {200: "yes", 204: "yes", 403: "–", 404: "∅"}
    words |= dict.fromkeys((400, 401, 409, 422), "asks")
    return words[response.status_code]


def tried(client: Client, address: str, methods: tuple[str, ...]) -> str:
    """Open the page, or do the act and take it back."""
    with transaction.atomic():
        found = outcome(client.get(address) if "GET" in methods else client.post(address))
        transaction.set_rollback(True)
    return found


def table(cast: Cast, rows: dict[str, dict[str, Any]]) -> list[str]:
    clients = {"nobody": Client()}
    for key in PEOPLE:
        clients[key] = Client()
        clients[key].force_login(login(cast, key))
    gated = [(a, v) for a, v in addresses() if hasattr(v, "gate")]
    lines = [
        "| address | asks for | " + " | ".join(k.title() for k in clients) + " |",
        "|---|---|" + "---|" * len(clients),
    ]
    for address, view in sorted(gated, key=lambda pair: pair[0]):
        cells = [tried(c, filled(address, rows), view.methods) for c in clients.values()]
        shown = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", address)
        act = "" if "GET" in view.methods else " (act)"
        lines.append(f"| `/{shown}`{act} | {view.gate or 'public'} | " + " | ".join(cells) + " |")
    return lines


def login(cast: Cast, key: str) -> Any:
    return cast.login_of("sam") if key == "sam" else getattr(cast, key)


@pytest.mark.slow
def test_who_sees_what_is_what_the_reviewer_read(cast: Cast, rows: dict[str, Any]) -> None:
    page = HEAD + "\n".join(table(cast, rows)) + "\n"
    if os.environ.get("HEARTH_WRITE"):
        PAGE.write_text(page, encoding="utf-8")
    written = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    assert page == written, "If you meant the change: HEARTH_WRITE=1 pytest " + __file__


def test_omar_of_another_district_opens_no_row_of_ours(cast: Cast, rows: dict[str, Any]) -> None:
    omar = Client()
    omar.force_login(cast.omar)
    # What is public is for Omar as well; it has tests of its own, for what it says to anybody.
    with_rows = [(a, v) for a, v in addresses() if getattr(v, "gate", None) and "<" in a]
    found = {a: tried(omar, filled(a, rows), v.methods) for a, v in with_rows}
    assert set(found.values()) <= {"∅", "–"}, found


def test_joy_of_another_school_opens_no_referral_of_ours(cast: Cast, rows: dict[str, Any]) -> None:
    joy = Client()
    joy.force_login(cast.joy)
    pages = [(a, v) for a, v in addresses() if a.startswith("referrals/<")]
    assert {tried(joy, filled(a, rows), v.methods) for a, v in pages} <= {"∅", "–"}
    with acting_for(cast.alder.pk):
        assert not Referral.objects.visible_to(cast.joy).exists()
        assert Person.objects.count() > 1
