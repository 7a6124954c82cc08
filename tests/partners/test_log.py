"""When Minh Anh was at the clinic: written once, put right by another row, read by a biller."""

import csv
import io
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearth.audit.models import Look
from hearth.partners.actions import consent, outward
from hearth.partners.actions import contact as contacts
from hearth.partners.actions import log as actions
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.models import Consent, Link, LinkCode, ReferralOut, ServiceGiven
from hearth.partners.models.link import hash_of
from hearth.partners.reading.log import COLUMNS
from hearth.partners.rules.consent import Given
from hearth.partners.rules.log import held_on, in_time, minutes
from tests.cast import Cast
from tests.guards.house import ROOT
from tests.partners.helping import VISIT, Helping, helping
from tests.partners.test_pages import browser
from tests.partners.world import TEO, days


@pytest.fixture
def help_there(cast: Cast) -> Helping:
    return helping(cast)


@pytest.fixture
def out(help_there: Helping) -> ReferralOut:
    """Allowed thirty days ago."""
    sent = help_there.sent()
    long_ago = timezone.now() - timedelta(days=30)
    Consent.objects.filter(pk=sent.consent_id).update(asked_at=long_ago, answered_at=long_ago)
    return ReferralOut.objects.get(pk=sent.pk)


def visit(day: date | None = None, **said: Any) -> dict[str, Any]:
    return {**VISIT, "day": day or days(-1), **said}


def file_of(who: Any) -> list[dict[str, str]]:
    content = browser(who).get(reverse("out:log_file")).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


def test_the_yes_must_have_held_on_the_very_day() -> None:
    given = Given("support", frozenset(["name"]), date(2026, 9, 1), date(2026, 12, 1))
    assert [held_on(given, date(2026, m, d)) for m, d in ((8, 31), (9, 1), (12, 1), (12, 2))] == [
        False, True, True, False,
    ]  # fmt: skip
    back = Given("support", frozenset(["name"]), date(2026, 9, 1), date(2026, 12, 1),
                 date(2026, 10, 1))  # fmt: skip
    assert held_on(back, date(2026, 9, 30))
    assert not held_on(back, date(2026, 10, 1))
    assert not held_on(None, date(2026, 10, 1))


def test_a_year_back_and_no_day_to_come() -> None:
    day = date(2026, 11, 30)
    assert [in_time(day - timedelta(days=n), day) for n in (-1, 0, 365, 366)] == [
        False, True, True, False,
    ]  # fmt: skip
    assert minutes(time(15), time(15, 45)) == 45


def test_rosa_writes_a_visit_and_it_names_the_consent(out: ReferralOut, cast: Cast) -> None:
    given = actions.write(out=out, said=visit(), by=cast.rosa)
    assert given.consent == out.consent
    assert given.student == cast.minh_anh
    assert [row["consent"] for row in file_of(cast.rosa)] == [str(out.consent_id)]
    assert not ServiceGiven.objects.visible_to(cast.tom).exists()
    assert not ServiceGiven.objects.visible_to(cast.joy).exists()
    assert ServiceGiven.objects.visible_to(cast.linh).get() == given


@pytest.mark.parametrize("day", [-31, 1])
def test_no_visit_outside_the_consent_or_still_to_come(
    out: ReferralOut, cast: Cast, day: int
) -> None:
    with pytest.raises(NotAllowed):
        actions.write(out=out, said=visit(days(day)), by=cast.rosa)
    assert not ServiceGiven.objects.exists()


def test_what_was_before_linh_took_it_back_stays_and_nothing_comes_after(
    out: ReferralOut, cast: Cast
) -> None:
    actions.write(out=out, said=visit(days(-3)), by=cast.rosa)
    consent.take_back(consent=out.consent, by=None)
    out.refresh_from_db()
    with pytest.raises(NotAllowed, match="did not hold"):
        actions.write(out=out, said=visit(days(0)), by=cast.rosa)
    (row,) = file_of(cast.rosa)
    assert row["consent_taken_back_on"] == days(0).isoformat()


def test_a_mistake_is_put_right_by_another_row(out: ReferralOut, cast: Cast) -> None:
    wrong = actions.write(out=out, said=visit(), by=cast.rosa)
    right = actions.put_right(
        given=wrong, said=visit(ends=time(16, 30)), why="Half an hour more.", by=cast.rosa
    )
    assert ServiceGiven.objects.count() == 2
    (row,) = file_of(cast.rosa)
    assert (row["minutes"], row["replaces"]) == ("90", str(wrong.pk))
    with pytest.raises(NotAllowed, match="already"):
        actions.put_right(given=wrong, said=visit(), why="Again.", by=cast.rosa)
    actions.strike(given=right, why="She was ill.", by=cast.rosa)
    assert file_of(cast.rosa) == []
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        ServiceGiven.objects.update(group_size=2)


def test_only_the_team_writes_and_the_partner_only_their_own(
    out: ReferralOut, cast: Cast, help_there: Helping
) -> None:
    with pytest.raises(NotAllowed):
        actions.write(out=out, said=visit(), by=cast.joy)
    teo = contacts.write_contact(
        organization=help_there.clinic, by=cast.helen, said={**TEO, "starts": days(-90)}
    )
    with pytest.raises(NotAllowed):
        actions.write(out=out, said=visit(), contact=teo)
    made = actions.write(out=out, said=visit(), contact=help_there.ines)
    assert (made.by, made.contact) == (None, help_there.ines)
    outward.withdraw(out=out, by=cast.rosa)
    out.refresh_from_db()
    with pytest.raises(NotAllowed):
        actions.write(out=out, said=visit(days(0)), contact=help_there.ines)


def test_ines_writes_it_on_her_phone_by_the_link(out: ReferralOut) -> None:
    now = timezone.now()
    Link.objects.filter(pk=out.link_id).update(secret_hash=hash_of("s"), sent_at=now)
    address = reverse("partner_door:given", args=["alder-valley", "s"])
    assert "When was it given?" not in Client().get(address).content.decode()
    LinkCode.objects.create(district_id=out.district_id, link_id=out.link_id, code_hash="x",
                            sent_at=now, used_at=now, browser_hash=hash_of("b"))  # fmt: skip
    ines = Client()
    ines.cookies[f"partner_{out.link_id}"] = "b"
    form = ines.get(address)["Location"]
    said = {**visit(), "starts": "15:00", "ends": "15:45"}
    for _press in range(2):
        ines.post(form, said)
    assert ServiceGiven.objects.get().contact == out.contact
    bad = ines.post(ines.get(address)["Location"], {**said, "ends": "14:00"})
    assert "ends after it begins" in bad.content.decode()


def test_rosa_reads_it_takes_it_out_and_each_look_is_kept(
    out: ReferralOut, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    rosa = browser(cast.rosa)
    form = rosa.get(reverse("out:write_given", args=[out.pk]))["Location"]
    rosa.post(form, {**visit(), "starts": "15:00", "ends": "15:45"})
    given = ServiceGiven.objects.get()
    with django_assert_max_num_queries(14):
        assert "Minh Anh" in rosa.get(reverse("out:log")).content.decode()
    assert "LCSW 12345" in rosa.get(out.get_absolute_url()).content.decode()
    (row,) = file_of(cast.rosa)
    assert (row["date"], row["start"], row["end"]) == (days(-1).isoformat(), "15:00", "15:45")
    taken = Look.objects.filter(page="services log, taken out as a file")
    assert taken.get().student_id == cast.minh_anh.pk
    for name in ("put_right_given", "strike_given"):
        said = {**visit(), "starts": "15:00", "ends": "15:30", "why": "Shorter."}
        rosa.post(reverse(f"out:{name}", args=[given.pk]), said)
        given = ServiceGiven.objects.latest("pk")
    assert given.struck
    assert browser(cast.tom).get(reverse("out:log")).status_code == 403
    assert browser(cast.amina).get(reverse("out:log_file")).status_code == 403


def test_in_spanish_the_way_back_is_to_the_derivacion(out: ReferralOut, cast: Cast) -> None:
    rosa = browser(cast.rosa)
    rosa.cookies["django_language"] = "es"
    form = rosa.get(reverse("out:write_given", args=[out.pk]))["Location"]
    assert "Volver a la derivación" in rosa.get(form).content.decode()


def test_every_column_is_told_in_the_reference() -> None:
    page = (ROOT / "docs" / "reference" / "services-log.md").read_text(encoding="utf-8")
    assert [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")] == list(
        COLUMNS
    )
