"""A list leaves the house: made as the one who asked, safe in a spreadsheet, forgotten in time."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from hearth.access.models import Membership
from hearth.access.visible import people_who_may_see
from hearth.audit.models import Event, Look
from hearth.audit.privacy import Privacy, privacy_of
from hearth.demo import clock
from hearth.people.models import Identity
from hearth.supports.actions.export import ask_for_export
from hearth.supports.models import Export, Note, Referral
from hearth.supports.reading.columns import COLUMNS, leaving
from hearth.supports.tasks import taking_out
from tests.cast import Cast
from tests.makers import make_guardian, make_referral

Page = Callable[..., str]
Walk = Callable[[Referral, str], Referral]


def ask(cast: Cast, key: str = "rosa", **wanted: str) -> Export:
    return ask_for_export(
        wanted=wanted, nonce=uuid4(), district_id=cast.alder.pk, by=getattr(cast, key)
    )


def made(export: Export) -> Export:
    taking_out.make_export(export_id=export.pk, district_id=export.district_id)
    export.refresh_from_db()
    return export


def rows_of(export: Export) -> list[dict[str, str]]:
    assert export.content is not None
    text = bytes(export.content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_board_becomes_a_file_that_excel_reads(cast: Cast, asked: Referral) -> None:
    export = made(ask(cast))
    assert bytes(export.content or b"").startswith(b"\xef\xbb\xbf")
    [row] = rows_of(export)
    assert row["Student"] == "Diego O'Brien-Ruiz"
    assert row["What is going well"].startswith("Builds bridges")
    assert row["Asked on"] == timezone.localdate(asked.asked_at).isoformat()
    assert (export.standing, export.rows) == ("ready", 1)


def test_a_job_makes_it_after_the_request(cast: Cast, asked: Referral) -> None:
    export = ask(cast)
    job = ProcrastinateJob.objects.get(task_name="supports.make_export")
    assert job.args == {"export_id": export.pk, "district_id": cast.alder.pk}
    assert export.standing == "waiting"


def test_the_filters_of_the_board_hold_in_the_file(cast: Cast, asked: Referral, at: Walk) -> None:
    at(make_referral(cast.minh_anh, cast.tom, domain="attendance"), "closed")

    def names(**wanted: str) -> list[str]:
        return [row["Student"] for row in rows_of(made(ask(cast, **wanted)))]

    assert names() == ["Diego O'Brien-Ruiz"]
    assert names(state="closed") == ["Minh Anh Nguyễn"]
    assert names(q="bridges", closed="on") == ["Diego O'Brien-Ruiz", "Minh Anh Nguyễn"]
    assert names(owner="me") == []


def test_a_cell_that_would_act_is_text(cast: Cast) -> None:
    make_referral(cast.diego, cast.tom, concern='=HYPERLINK("https://example.org")', tried="+1")
    [row] = rows_of(made(ask(cast)))
    assert row["What is hard just now"].startswith("'=HYPERLINK")
    assert row["What was tried"] == "'+1"


def test_a_field_that_becomes_restricted_leaves_no_more(
    cast: Cast, asked: Referral, monkeypatch: pytest.MonkeyPatch
) -> None:
    for private in (Privacy.RESTRICTED, Privacy.SECRET, Privacy.IDENTITY):
        monkeypatch.setitem(Referral.PRIVACY, "concern", private)
        [row] = rows_of(made(ask(cast)))
        assert "What is hard just now" not in row
        assert "Reading aloud" not in " ".join(row.values())


def test_no_column_is_restricted_secret_or_of_identity() -> None:
    assert leaving() == list(COLUMNS)
    assert privacy_of(Note)["body"] is Privacy.RESTRICTED
    assert not {column.table for column in COLUMNS} & {Note, Identity}


def test_it_is_made_with_the_rights_held_then_not_when_asked(cast: Cast, asked: Referral) -> None:
    export = ask(cast)
    Membership.objects.filter(user=cast.rosa).update(ends=timezone.localdate() - timedelta(days=1))
    with pytest.raises(Exception, match="may not take rows out"):
        made(export)
    export.refresh_from_db()
    assert (export.standing, export.content) == ("failed", None)


def test_rosa_takes_out_nothing_of_her_own_child(cast: Cast, asked: Referral) -> None:
    make_guardian(cast.diego, cast.person("rosa"))
    assert rows_of(made(ask(cast))) == []


def test_grace_takes_out_nothing_of_another_school(cast: Cast) -> None:
    make_referral(cast.sam, cast.joy)
    assert rows_of(made(ask(cast, "grace"))) == []


def test_what_is_folded_stays_folded_in_a_file(cast: Cast, at: Walk) -> None:
    with clock.on(timezone.localdate() - timedelta(days=800)):
        at(make_referral(cast.diego, cast.tom), "closed")
    assert made(ask(cast, closed="on")).rows == 0
    assert made(ask(cast, closed="on", folded="on")).rows == 1


def test_a_job_run_twice_makes_one_file(cast: Cast, asked: Referral) -> None:
    export = made(ask(cast))
    first = bytes(export.content or b"")
    make_referral(cast.minh_anh, cast.tom)
    assert bytes(made(export).content or b"") == first


def test_the_file_is_forgotten_after_its_day_and_the_history_stays(
    cast: Cast, asked: Referral
) -> None:
    export = made(ask(cast))
    assert taking_out.forget_old(today=export.kept_until) == 0
    with clock.on(export.kept_until + timedelta(days=1)):
        taking_out.forget_exports(timestamp=0)
    export.refresh_from_db()
    assert (export.standing, export.content, export.rows) == ("forgotten", None, 1)
    verbs = Event.objects.filter(about="supports.export").order_by("pk")
    assert [event.verb for event in verbs] == ["export_asked", "export_made", "export_forgotten"]


def test_the_record_never_holds_what_was_searched_for(cast: Cast, asked: Referral) -> None:
    ask(cast, q="Diego", domain="academic")
    event = Event.objects.get(verb="export_asked")
    assert event.facts == {"filters": {"domain": "academic"}}


def test_rosa_asks_on_the_page_and_fetches_the_file(
    client: Client, cast: Cast, asked: Referral
) -> None:
    client.force_login(cast.rosa)
    form = client.get(reverse("supports:new_export"), {"domain": "academic"}).url
    words = client.get(form).content.decode()
    assert "1 referral, as a file" in words
    assert "About: Learning" in words
    assert client.post(form).url == reverse("supports:exports")
    client.post(form)
    export = Export.objects.get()
    assert export.wanted == {"domain": "academic"}
    history = client.get(reverse("supports:exports")).content.decode()
    assert "being made" in history
    made(export)
    history = client.get(reverse("supports:exports")).content.decode()
    assert reverse("supports:export_file", args=[export.pk]) in history
    fetched = client.get(reverse("supports:export_file", args=[export.pk]))
    assert fetched["Content-Type"] == "text/csv; charset=utf-8"
    assert fetched["Content-Disposition"].startswith("attachment; filename=")
    assert "Diego" in fetched.content.decode("utf-8-sig")
    look = Look.objects.get(page="file taken out")
    assert (look.by, look.about_id, look.why) == (cast.rosa.pk, export.pk, "1 rows")


def test_nobody_else_fetches_rosas_file_and_grace_sees_that_it_left(
    client: Client, cast: Cast, asked: Referral
) -> None:
    export = made(ask(cast))
    where = reverse("supports:export_file", args=[export.pk])
    for key, status in (("grace", 404), ("omar", 404), ("amina", 403), ("tom", 403), ("linh", 403)):
        client.force_login(getattr(cast, key))
        assert client.get(where).status_code == status, key
    client.force_login(cast.grace)
    history = client.get(reverse("supports:exports")).content.decode()
    assert "Rosa Delgado" in history
    assert where not in history
    client.force_login(cast.omar)
    assert "Rosa Delgado" not in client.get(reverse("supports:exports")).content.decode()


def test_rows_and_people_of_an_export_are_one_relation(cast: Cast) -> None:
    export = ask(cast)
    watchers = {watcher.user.pk for watcher in people_who_may_see(export)}
    assert watchers == {cast.rosa.pk, cast.grace.pk}
    for key in ("rosa", "tom", "amina", "grace", "linh", "joy", "omar", "priya", "helen"):
        user = getattr(cast, key)
        assert Export.objects.visible_to(user).exists() == (user.pk in watchers), key


def test_the_history_asks_the_same_few_questions_for_one_as_for_many(
    client: Client, cast: Cast, asked: Referral, asking: Callable[..., object]
) -> None:
    client.force_login(cast.rosa)
    made(ask(cast, owner=str(cast.amina.pk)))
    client.get(reverse("supports:exports"))
    counts = []
    for many in (0, 8):
        for _ in range(many):
            made(ask(cast, owner=str(cast.grace.pk)))
        with asking:  # type: ignore[attr-defined]
            client.get(reverse("supports:exports"))
        counts.append(asking.count)  # type: ignore[attr-defined]
    assert counts[0] == counts[1] <= 12


@pytest.mark.parametrize("name", ["exports", "new_export"])
def test_every_page_comes_in_spanish(client: Client, cast: Cast, name: str) -> None:
    client.force_login(cast.rosa)
    client.cookies["django_language"] = "es"
    answer = client.get(reverse(f"supports:{name}"), follow=True)
    assert '<html lang="es"' in answer.content.decode()
