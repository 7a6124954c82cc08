"""Every list in which a student can surface × everybody: whose names stand there, and no others.

The table is written by hand, from what each page is for and what each person is; nothing in it is
asked of the code. Who is who stands in tests/guards/lists_world.py. A page without its line here is
refused: a list gets a line in LISTS, any other page a reason in NO_NAMES.
"""

import io
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from pypdf import PdfReader

from hearth.access.gate import page
from hearth.access.permissions import May
from hearth.access.written import forget
from hearth.people.models import Student
from hearth.people.models.grounds import StudentQuerySet
from hearth.schools.acting import acting_for
from hearth.schools.models import School
from hearth.supports.actions.export import ask_for_export
from hearth.supports.models.grounds import ReferralQuerySet
from hearth.supports.models.legal import AssessmentQuerySet
from hearth.supports.tasks import send_digest, taking_out
from tests.cast import Cast
from tests.guards.house import addresses
from tests.guards.lists_world import MARKS, SECRET, TYPED, World, build
from tests.guards.test_who_sees_what import PEOPLE, filled, rows

__all__ = ["rows"]  # the fixture: one row for each kind of address

# At Cottonwood: Diego and Minh Anh in Tom's class, Niamh in another. At Larkspur: Sam, and Khoa,
# who is Minh Anh's brother. Ada is of another district.
HERE, THERE = "diego minh_anh niamh", "khoa sam"
ALL = f"{HERE} {THERE}"
WORKS_WITH = {
    "rosa amina grace pat vera": HERE,
    "tom": "diego minh_anh",
    "joy": "sam",
    "lena": THERE,
    "ines": "niamh",
    "abel": "khoa",
    "priya helen": ALL,
    "omar": "ada",
}
# Who: whose names. Whoever is not named in a line sees none of them there.
LISTS: dict[str, dict[str, str]] = {
    # A school's roster, for those who work with all of it; one's own classes, for those who teach.
    "people/students/": {
        "rosa amina grace pat vera": HERE, "lena": THERE, "priya helen": ALL, "omar": "ada",
    },
    "people/classes/": {
        "rosa amina grace pat vera priya helen": HERE, "lena": THERE, "omar": "ada",
        "tom": "diego minh_anh", "joy": "sam", "ines": "niamh", "abel": "khoa",
    },
    # Whom one works with, found by name.
    "search": WORKS_WITH,
    "referrals/new/": WORKS_WITH,
    "referrals/assessments/new/": WORKS_WITH,
    "referrals/instead/new/": WORKS_WITH,
    # What waits for one: the team's referrals and the law's days, late since September; a family's
    # children, and oneself. Pat is a father at his own school, and meets Niamh here as one.
    "": {
        "rosa amina grace pat ines": HERE,
        "lena": THERE,
        "omar": "ada",
        "linh": "minh_anh khoa",
        "wren sam": "sam",
        # What they do for a plan of a student in their class.
        "tom": "diego minh_anh",
        "joy": "sam",
    },
    # The team's own work. Pat is of the team, and not for his daughter.
    "referrals/": {
        "rosa amina grace": HERE, "pat": "diego minh_anh", "lena": THERE, "omar": "ada",
    },
    # What the team sent to a partner.
    "out/": {"rosa amina grace pat": "diego"},
    # The partner's own worker, of what was sent to him and nothing else.
    "sent-to-us/": {"marcus": "diego"},
    # What leaves for a biller, for those who may take lists out of the school.
    "out/log/": {"rosa grace": "diego"},
    "out/log/file.csv": {"rosa grace": "diego"},
    # What one asked oneself.
    "referrals/mine/": {
        "tom": "diego minh_anh", "rosa": "niamh", "lena": "khoa", "joy": "sam", "omar": "ada",
    },
    # The team's, those one looks after, those one wrote down, one's own child's.
    "referrals/assessments/": {
        "rosa amina grace pat ines": HERE,
        "tom": "diego minh_anh",
        "lena": THERE,
        "joy": "sam",
        "omar": "ada",
        "linh": "minh_anh khoa",
        "wren": "sam",
    },
    # What one asked, and for who leads the school all that was asked there.
    "referrals/instead/": {
        "grace": HERE, "tom": "diego minh_anh", "rosa": "niamh", "lena": "khoa", "joy": "sam",
        "omar": "ada",
    },
    # What was asked at Cottonwood's door, of somebody called Diego.
    "referrals/door/": {"rosa amina grace pat": "diego"},
    # Two rows that may be one person, and what became of some: the district's own work.
    "people/duplicates/": {"priya helen": "niamh"},
    "people/merges/": {"priya helen": "diego minh_anh"},
    # Whoever signs in has a membership, and Sam does.
    "me/members/": {"helen lena": "sam"},
    "me/": {"sam": "sam"},
    # What one has promised to do.
    "referrals/meetings/": {"amina": "diego"},
    "me/view-as/": {"helen": "sam"},
}  # fmt: skip
# The same of pages with a key in their address, and more than one student on them.
KEYED: dict[str, dict[str, str]] = {
    "referrals/meetings/<int:pk>/": {"rosa amina grace": HERE, "pat": "diego minh_anh"},
    "referrals/meetings/<int:pk>/read-back/": {"rosa amina grace": HERE, "pat": "diego minh_anh"},
    # Who may be meant, found by name among those one works with.
    "referrals/door/<int:pk>/": {"rosa amina grace pat": HERE},
    "referrals/meetings/<int:pk>/agenda.pdf": {},
    # Groups beside each other, and nobody by name.
    "numbers/at/<slug:place>/<slug:measure>/fair/": {},
    "referrals/reviews/<int:pk>/": {"rosa amina grace pat tom": "diego minh_anh"},
}
# Minh Anh's brother stands on her page for those who see him as well.
SIBLINGS = {
    "rosa amina grace pat vera tom": "minh_anh",
    "priya helen linh": "minh_anh khoa",
}
# Pages without a key that show no student, and why.
NO_NAMES = {
    "county/": "files for the county, by day",
    "county/make/": "a form",
    "county/readers/new/": "a form",
    "directory/": "what the community offers",
    "directory/agreements/": "what was signed with partners",
    "directory/agreements/new/": "organizations, by name",
    "directory/assets/": "what neighbors told of, and no student by name",
    "directory/assets/map.svg": "an empty map",
    "neighborhood/": "what the neighborhood has",
    "directory/corrections/": "what neighbors say is not right, by service",
    "directory/package.zip": "the same as files",
    "directory/stale/": "services that nobody has looked at for long",
    "framework/": "what the rooms do, in words",
    "funding/": "which money pays for which service and position",
    "funding/braid.csv": "the same as a file",
    "funding/cliff/": "what ends when a grant ends",
    "funding/of/new/": "a form for a position, which names nobody",
    "funding/sources/new/": "a form for a source of money",
    "gallery/": "the kit's own examples",
    "imports/": "files, by name and day",
    "imports/new/": "a form for a file",
    "listening/": "what a school listens for, by title",
    "listening/conditions/": "what is sorted by, in words",
    "listening/conditions/change/": "a form",
    "listening/new/": "a form",
    "listening/waiting/": "what is to be read there and what comes back, in counts and words",
    "listening/schools/": "what schools told, by element",
    "me/members/invite/": "a form for a colleague",
    "me/session": "how long one is signed in",
    "numbers/": "figures of groups, made safe to show",
    "numbers/missing/": "the same, beside what services offer",
    "numbers/tables/new/": "the same",
    "numbers/walks/": "walks past figures, by title",
    "numbers/walks/new/": "a form",
    "operations/": "what Hearth needs",
    "sent-to-us/places/": "services of the partner's own, and places free",
    "referrals/door/call/": "a form",
    "referrals/door/posters/": "posters, by school",
    "referrals/exports/": "files, by day and filter",
    "referrals/exports/new/": "a form",
    "referrals/phrases/": "words that make Hearth stop",
    "referrals/phrases/new/": "a form",
    "referrals/reviews/": "classes, by title and how far",
    "referrals/team/": "the team's own people",
}


@pytest.fixture
def world(cast: Cast) -> World:
    return build(cast)


def words_of(answer: HttpResponse) -> str:
    """What the page itself says: above it stands the name of whoever is signed in."""
    if answer.get("Content-Type", "").startswith("application/pdf"):
        return " ".join(p.extract_text() for p in PdfReader(io.BytesIO(answer.content)).pages)
    content = b"".join(answer) if answer.streaming else answer.content
    text = str(content.decode("utf-8", "replace"))
    return text.partition("<main")[2] or text


def queries(address: str) -> Iterator[str]:
    yield f"q={TYPED}&closed=on&folded=on&done=1"
    yield "closed=on&folded=on"
    if address == "/people/students/":
        for school in School.objects.order_by("pk"):
            yield f"school={school.pk}"


def shown_on(client: Client, address: str) -> set[str]:
    """Whose names stand on this page, what is folded away with them; and the secret, if it does."""
    names: set[str] = set()
    for query in queries(address):
        answer = client.get(f"{address}?{query}", follow=True)
        if answer.status_code >= 400:
            return set()
        words = words_of(answer)
        names |= {key for key, mark in MARKS.items() if mark in words}
        names |= {"a restricted note"} if SECRET in words else set()
    return names


def everybody(world: World) -> list[str]:
    return [*dict.fromkeys([*PEOPLE, *world.users])]


def differences(
    world: World, table: dict[str, dict[str, str]], at: Callable[[str], str]
) -> list[str]:
    """Where a page and the table do not say the same, in words."""
    wrong = []
    clients = {key: Client() for key in everybody(world)}
    for key, client in clients.items():
        client.force_login(world.user(key))
    for address, line in table.items():
        by_person = {
            who: set(names.split()) for some, names in line.items() for who in some.split()
        }
        assert by_person.keys() <= clients.keys(), "somebody in the table is not in the world"
        for key, client in clients.items():
            shown, meant = shown_on(client, at(address)), by_person.get(key, set())
            if shown != meant:
                wrong.append(f"/{address} as {key}: shows {_said(shown)}, not {_said(meant)}")
    return wrong


def _said(names: set[str]) -> str:
    return ", ".join(sorted(names)) or "nobody"


@pytest.mark.slow
def test_every_list_shows_whom_the_table_says_and_nobody_else(
    cast: Cast, world: World, rows: dict[str, Any]
) -> None:
    table = LISTS | {address: {} for address in NO_NAMES if address != "gallery/"}
    wrong = differences(world, table, lambda address: f"/{address}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
def test_so_does_every_page_of_many_students_that_has_a_key(
    cast: Cast, world: World, rows: dict[str, Any]
) -> None:
    wrong = differences(world, KEYED, lambda address: filled(address, rows))
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("page", ["", "print/", "who-can-see/"])
def test_minh_anhs_page_names_her_brother_to_those_who_see_him(
    cast: Cast, world: World, page: str
) -> None:
    line = SIBLINGS if page == "" else dict.fromkeys(SIBLINGS, "minh_anh")
    address = f"students/{cast.minh_anh.pk}/{page}"
    wrong = differences(world, {address: line}, lambda address: f"/{address}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
def test_a_page_of_one_student_names_no_other(
    cast: Cast, world: World, rows: dict[str, Any]
) -> None:
    """Every other address with a key leads to something of Diego's."""
    wrong = []
    clients = {key: Client() for key in ("rosa", "tom", "grace", "helen")}
    for key, client in clients.items():
        client.force_login(world.user(key))
    for address, _view in keyed(addresses()):
        if address in KEYED or address.startswith(OF_MANY):
            continue
        for key, client in clients.items():
            shown = shown_on(client, filled(address, rows)) - {"diego"}
            if shown:
                wrong.append(f"/{address} as {key}: shows {_said(shown)}, too")
    assert not wrong, "\n".join(wrong)


# Two rows beside each other are what these are for; the file has a test of its own below.
OF_MANY = ("people/duplicates/", "referrals/exports/", "people/two-people/", "referrals/meetings/")


def test_a_file_taken_out_holds_the_rows_of_its_reader_alone(
    cast: Cast, world: World, rows: dict[str, Any]
) -> None:
    files = {"rosa": HERE, "grace": HERE, "lena": THERE, "omar": "ada"}
    for key, names in files.items():
        user = world.user(key)
        with acting_for(user.district_id):
            export = ask_for_export(
                wanted={"closed": "on", "folded": "on"}, nonce=uuid4(),
                district_id=user.district_id, by=user,
            )  # fmt: skip
            taking_out.make(export_id=export.pk)
            export.refresh_from_db()
            text = bytes(export.content or b"").decode()
        assert {k for k, mark in MARKS.items() if mark in text} == set(names.split()), key
        assert SECRET not in text


def test_the_weekly_letter_names_nobody(cast: Cast, world: World) -> None:
    for key in ("rosa", "grace", "pat", "ines", "lena"):
        send_digest(user_id=world.user(key).pk, district_id=cast.alder.pk)
    assert len(mail.outbox) >= 4
    for letter in mail.outbox:
        words = f"{letter.subject} {letter.body}"
        assert not [mark for mark in (*MARKS.values(), SECRET) if mark in words]


def lists(found: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """The pages of the house that one can open without a key and that ask who is there."""
    for address, view in found:
        if getattr(view, "gate", None) and "GET" in view.methods and "<" not in address:
            yield address, view


def keyed(found: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    for address, view in found:
        if getattr(view, "gate", None) and "GET" in view.methods and "<" in address:
            yield address, view


def without_a_line(found: Iterable[tuple[str, Any]]) -> set[str]:
    return {address for address, _view in lists(found)} - LISTS.keys() - NO_NAMES.keys()


def test_every_page_without_a_key_has_its_line() -> None:
    assert not without_a_line(addresses()), (
        "Say in LISTS who reads whose name there, or in NO_NAMES why no student stands on it."
    )


def test_no_line_is_left_of_a_page_that_is_gone() -> None:
    here = {address for address, _view in lists(addresses())}
    assert here >= LISTS.keys() | NO_NAMES.keys()
    assert {address for address, _view in keyed(addresses())} >= KEYED.keys()


class TestTheGuard:
    """It finds what it looks for."""

    def test_a_new_list_without_a_line_is_refused(self) -> None:
        @page(May.SIGN_IN)
        def everybody_here(request: Any) -> HttpResponse:
            return HttpResponse()

        assert without_a_line([("people/everybody/", everybody_here)]) == {"people/everybody/"}

    @pytest.mark.parametrize(
        ("rows_of", "forgets", "address", "found"),
        [
            (StudentQuerySet, "visible_to", "search", "as joy: shows diego"),
            (ReferralQuerySet, "where_team_may", "referrals/", "as lena: shows diego"),
            (AssessmentQuerySet, "visible_to", "referrals/assessments/", "as sam: shows diego"),
        ],
    )
    def test_a_list_that_forgets_who_asks_is_found(
        self, cast: Cast, world: World, rows: dict[str, Any], monkeypatch: pytest.MonkeyPatch,
        rows_of: type, forgets: str, address: str, found: str,
    ) -> None:  # fmt: skip
        monkeypatch.setattr(rows_of, forgets, lambda rows, *_asked: rows.all())
        forget()  # as a new process, which has never known the right way
        wrong = differences(world, {address: LISTS[address]}, lambda address: f"/{address}")
        assert any(found in line for line in wrong), wrong

    def test_a_list_that_forgets_somebody_is_found_too(
        self, cast: Cast, world: World, rows: dict[str, Any]
    ) -> None:
        Student.objects.filter(pk=cast.minh_anh.pk).update(school=cast.sycamore)
        table = {"people/students/": LISTS["people/students/"]}
        wrong = differences(world, table, lambda address: f"/{address}")
        assert any("as rosa: shows diego, niamh, not" in line for line in wrong), wrong

    def test_a_restricted_word_is_found(
        self, cast: Cast, world: World, rows: dict[str, Any]
    ) -> None:
        Student.objects.filter(pk=cast.diego.pk).update(grade="04")
        type(cast.diego.person).objects.filter(pk=cast.diego.pk).update(family_name=SECRET)
        wrong = differences(
            world, {"people/students/": LISTS["people/students/"]}, lambda address: f"/{address}"
        )
        assert any("a restricted note" in line for line in wrong)
