"""The import pages: Priya brings a file in, looks, loads and takes it back; others may not."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from hearth.access.models import User
from hearth.access.visible import people_who_may_see
from hearth.imports import actions, standing, tasks
from hearth.imports.models import Fault, ImportRun, Sample
from hearth.people.models import Student
from hearth.schools.acting import acting_for
from tests import makers
from tests.cast import Cast
from tests.imports import rosters

State = ImportRun.State


@pytest.fixture
def priya(cast: Cast, client: Client) -> Client:
    client.force_login(cast.priya)
    return client


def a_run(cast: Cast, state: str = State.READY, **fields: Any) -> ImportRun:
    return ImportRun.objects.create(
        district=cast.alder, file_name="roster.zip", by=cast.priya, state=state, **fields
    )


def zipped(folder: Path) -> SimpleUploadedFile:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, file.name)
    return SimpleUploadedFile("roster.zip", packed.getvalue(), "application/zip")


def send(client: Client, *files: SimpleUploadedFile) -> ImportRun:
    answer = client.post(reverse("imports:new"), {"roster": list(files)})
    assert answer.status_code == 302, answer.content.decode()
    return ImportRun.objects.latest("pk")


def work() -> None:
    """What the worker would do: every job that waits, in turn, and each ends."""
    verbs = {"check": actions.check_run, "apply": actions.apply_run, "undo": actions.undo_run}
    for job in list(ProcrastinateJob.objects.filter(status="todo").order_by("pk")):
        verb = job.task_name.rpartition(".")[2]
        args = {"run_id": job.args["run_id"], "district_id": job.args["district_id"]}
        verbs[verb](**args, **({} if verb == "check" else {"by": _by(job)}))
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [job.pk]
            )


def _by(job: ProcrastinateJob) -> User:
    return User.objects.get(pk=job.args["by_id"])


def page_of(client: Client, run: ImportRun) -> str:
    answer = client.get(reverse("imports:run", args=[run.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def told(client: Client, name: str, run: ImportRun, **typed: str) -> str:
    """Press a button and read the page that follows."""
    answer = client.post(reverse(f"imports:{name}", args=[run.pk]), typed, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


class TestWhoMayLook:
    @pytest.mark.parametrize("person", ["priya", "helen"])
    def test_priya_and_helen_may(self, cast: Cast, client: Client, person: str) -> None:
        run = a_run(cast)
        client.force_login(getattr(cast, person))
        for address in (reverse("imports:runs"), reverse("imports:run", args=[run.pk])):
            assert client.get(address).status_code == 200

    @pytest.mark.parametrize("person", ["amina", "tom", "linh"])
    def test_amina_tom_and_linh_may_not(self, cast: Cast, client: Client, person: str) -> None:
        run = a_run(cast)
        client.force_login(getattr(cast, person))
        for address in (
            reverse("imports:runs"),
            reverse("imports:new"),
            reverse("imports:run", args=[run.pk]),
            reverse("imports:faults_csv", args=[run.pk]),
            reverse("imports:rows", args=[run.pk, "students", "new"]),
            reverse("imports:undo", args=[run.pk]),
        ):
            assert client.get(address).status_code == 403, address
        for act in ("load", "cancel", "resume", "discard", "undo"):
            assert client.post(reverse(f"imports:{act}", args=[run.pk])).status_code == 403

    def test_who_may_see_a_run_is_who_sees_it(self, cast: Cast) -> None:
        run = a_run(cast)
        told = {watcher.user.name for watcher in people_who_may_see(run)}
        assert told == {"Priya Raman", "Helen Marsh"}
        for key in ("rosa", "tom", "amina", "grace", "linh", "priya", "helen", "marcus", "joy"):
            user = getattr(cast, key)
            assert ImportRun.objects.visible_to(user).exists() == (user.name in told), key

    def test_an_analyst_of_omars_district_finds_no_run_of_alder(
        self, cast: Cast, client: Client
    ) -> None:
        run = a_run(cast)
        with acting_for(cast.bristlecone.pk):
            theirs = makers.make_user(cast.bristlecone, "Noor Aziz", "district_analyst")
        client.force_login(theirs)

        assert client.get(reverse("imports:run", args=[run.pk])).status_code == 404
        assert client.post(reverse("imports:load", args=[run.pk])).status_code == 404
        assert client.get(reverse("imports:faults_csv", args=[run.pk])).status_code == 404
        assert "roster.zip" not in client.get(reverse("imports:runs")).content.decode()


class TestBringingAFileIn:
    def test_the_first_visit_says_how_to_begin(self, priya: Client) -> None:
        page = priya.get(reverse("imports:runs")).content.decode()

        assert "Which files came in?" in page
        assert "No file has come in yet" in page
        assert "Infinite Campus" in page

    def test_a_good_zip_goes_all_the_way_and_back(
        self, cast: Cast, priya: Client, tmp_path: Path
    ) -> None:
        run = send(priya, zipped(rosters.write(tmp_path / "good")))
        assert run.by == cast.priya
        assert "waits for its turn" in page_of(priya, run)

        work()
        page = page_of(priya, run)
        assert "What would change?" in page or "Should so many be gone?" in page
        assert "12 new students" in page
        rows = priya.get(reverse("imports:rows", args=[run.pk, "students", "new"]))
        assert "Ana Rivera" in rows.content.decode()
        assert "k-name" in rows.content.decode()

        page = told(priya, "load", run, **{table: table for table in _stops(run)})
        assert "It will be loaded now." in page
        work()
        page = page_of(priya, run)
        assert "What has changed?" in page
        assert "By Priya Raman" in page
        assert Student.objects.filter(person__family_name="Rivera", gone_on=None).count() == 12

        asked = priya.get(reverse("imports:undo", args=[run.pk])).content.decode()
        assert "12 new ones are taken out" in asked
        told(priya, "undo", run)
        work()
        assert "What was put back?" in page_of(priya, run)
        assert not Student.objects.filter(person__family_name="Rivera").exists()

    def test_a_check_that_ends_while_its_page_is_made_is_shown_as_ended(self, cast: Cast) -> None:
        """The page of a stopped run asks no more, so it would wait for a file that is ready."""
        read_by_the_page = a_run(cast, State.RECEIVED)
        counted = {"students": {"new": 3, "changed": 0, "gone": 0}}
        ImportRun.objects.filter(pk=read_by_the_page.pk).update(state=State.READY, counts=counted)

        assert standing.standing(read_by_the_page) == standing.STANDINGS[State.READY]
        assert read_by_the_page.counts == counted

    def test_a_file_with_faults_that_is_checked_anew_waits_for_its_turn(
        self, cast: Cast, priya: Client
    ) -> None:
        """Priya said what its columns mean; the worker has not begun yet, and the page asks on."""
        run = a_run(cast, State.FAULTY)
        tasks.check.defer(run_id=run.pk, district_id=run.district_id)

        assert "Waiting for its turn" in page_of(priya, run)

    def test_csv_files_may_be_sent_without_a_zip(
        self, priya: Client, tmp_path: Path, cast: Cast
    ) -> None:
        folder = rosters.write(tmp_path / "good")
        files = [SimpleUploadedFile(f.name, f.read_bytes()) for f in sorted(folder.iterdir())]

        run = send(priya, *files)
        work()

        run.refresh_from_db()
        assert run.state == State.READY
        assert run.file_name == f"academicSessions.csv and {len(files) - 1} more"

    def test_pressed_twice_it_arrives_once(self, priya: Client, tmp_path: Path) -> None:
        folder = rosters.write(tmp_path / "good")
        first, second = send(priya, zipped(folder)), send(priya, zipped(folder))

        assert first == second
        assert ProcrastinateJob.objects.filter(status="todo").count() == 1

    def test_too_large_a_file_is_refused_in_words(self, priya: Client, settings: Any) -> None:
        settings.LARGEST_UPLOAD = 1024
        large = SimpleUploadedFile("roster.zip", b"x" * 200_000)

        answer = priya.post(reverse("imports:new"), {"roster": [large]})

        assert "is larger than 1.0" in answer.content.decode()
        assert not ImportRun.objects.exists()

    @pytest.mark.parametrize(
        ("names", "words"),
        [
            ([], "Please choose a file."),
            (["roster.xlsx"], "We read zip and CSV files."),
            (["a.zip", "b.zip"], "Send one zip file by itself"),
            (["a.zip", "users.csv"], "Send one zip file by itself"),
        ],
    )
    def test_what_we_cannot_read_is_told(self, priya: Client, names: list[str], words: str) -> None:
        files = [SimpleUploadedFile(name, b"something") for name in names]

        answer = priya.post(reverse("imports:new"), {"roster": files})

        assert words in answer.content.decode()
        assert not ImportRun.objects.exists()

    def test_an_empty_file_is_told(self, priya: Client) -> None:
        answer = priya.post(
            reverse("imports:new"), {"roster": [SimpleUploadedFile("roster.zip", b"")]}
        )
        assert "This file is empty." in answer.content.decode()


def _stops(run: ImportRun) -> list[str]:
    run.refresh_from_db()
    return list(run.vanishing)


class TestFaults:
    def test_they_are_listed_with_line_column_and_remedy(
        self, priya: Client, tmp_path: Path
    ) -> None:
        bent = rosters.but(rosters.ADULTS, "t0", role="wizard")
        folder = rosters.write(tmp_path / "bad", users=[*rosters.CHILDREN, *bent])
        run = send(priya, zipped(folder))
        work()

        page = page_of(priya, run)
        assert "What is there to mend?" in page
        assert "users.csv" in page
        assert "Write one of these" in page
        assert "Bring in the mended file" in page
        csv = priya.get(reverse("imports:faults_csv", args=[run.pk]))
        assert csv.content.startswith(b"\xef\xbb\xbf")
        assert "users.csv,15,role," in csv.content.decode()

    def test_a_cell_that_looks_like_a_formula_stays_text(self, cast: Cast, priya: Client) -> None:
        run = a_run(cast, State.FAULTY)
        Fault.objects.create(
            district=cast.alder, run=run, blocking=True, file="=cmd|' /C calc'!A0", line=2,
            column="+sum", kind="cell_blank", params={"column": "+sum"},
        )  # fmt: skip

        text = priya.get(reverse("imports:faults_csv", args=[run.pk])).content.decode("utf-8-sig")

        row = text.splitlines()[1]
        assert row.startswith("'=cmd")
        assert ",'+sum," in row

    def test_fifty_a_page_and_one_file_at_a_time(self, cast: Cast, priya: Client) -> None:
        run = a_run(cast, State.FAULTY)
        make_faults(cast, run, 60)
        address = reverse("imports:run", args=[run.pk])

        assert priya.get(address).context["shown"].paginator.num_pages == 3
        orgs = priya.get(f"{address}?file=orgs.csv").context
        assert orgs["shown"].paginator.count == 60
        assert {fault.file for fault in orgs["shown"]} == {"orgs.csv"}
        assert priya.get(f"{address}?file=else.csv").status_code == 200


def make_faults(cast: Cast, run: ImportRun, count: int) -> None:
    Fault.objects.bulk_create(
        Fault(
            district=cast.alder, run=run, blocking=True, file=file, line=line, column="role",
            kind="cell_blank", params={"column": "role"},
        )
        for file in ("orgs.csv", "users.csv")
        for line in range(count)
    )  # fmt: skip


COUNTS = {
    "students": {"new": 3, "changed": 12, "gone": 1, "same": 2984, "before": 2997},
    "schools": {"new": 0, "changed": 0, "gone": 0, "same": 0, "before": 0},
}


class TestPreview:
    def test_it_speaks_in_words_and_counts(self, cast: Cast, priya: Client) -> None:
        run = a_run(cast, counts=COUNTS)

        page = page_of(priya, run)

        assert "3 new students" in page
        assert "2,984 the same" in page
        assert reverse("imports:rows", args=[run.pk, "students", "gone"]) in page
        assert reverse("imports:rows", args=[run.pk, "schools", "new"]) not in page

    def test_notes_are_folded_and_do_not_stop(self, cast: Cast, priya: Client) -> None:
        run = a_run(cast, counts=COUNTS)
        Fault.objects.create(
            district=cast.alder, run=run, blocking=False, file="manifest.csv",
            kind="manifest_missing", params={},
        )  # fmt: skip

        page = page_of(priya, run)

        assert "1 note" in page
        assert "There is no manifest.csv." in page

    def test_a_change_shows_names_but_never_what_is_identity(
        self, cast: Cast, priya: Client
    ) -> None:
        run = a_run(cast, counts={"identities": {**COUNTS["students"], "changed": 1}})
        Sample.objects.create(
            district=cast.alder, run=run, table="identities", fate="changed", number=1, line=7,
            label="Ana Rivera", cells={"gender": ["female", "nonbinary"], "races": [[], ["white"]]},
        )  # fmt: skip

        page = priya.get(reverse("imports:rows", args=[run.pk, "identities", "changed"]))

        text = page.content.decode()
        assert "Ana Rivera" in text
        assert "nonbinary" not in text
        assert "white" not in text

    def test_a_page_of_some_rows_says_of_how_many(self, cast: Cast, priya: Client) -> None:
        run = a_run(cast, counts={"students": {**COUNTS["students"], "new": 3000}})
        for number in (1, 2):
            Sample.objects.create(
                district=cast.alder, run=run, table="students", fate="new", number=number, line=7,
                label="Ana Rivera", cells={},
            )  # fmt: skip
        address = reverse("imports:rows", args=[run.pk, "students", "new"])
        assert "Shown here: the first 2 of 3,000." in priya.get(address).content.decode()

    def test_rows_of_a_table_that_is_none_are_not_found(self, cast: Cast, priya: Client) -> None:
        run = a_run(cast)
        for table, fate in (("users", "new"), ("students", "same")):
            address = reverse("imports:rows", args=[run.pk, table, fate])
            assert priya.get(address).status_code == 404


class TestTheStop:
    COUNTS = {"students": {"new": 0, "changed": 0, "gone": 2400, "same": 600, "before": 3000}}

    def stopped(self, cast: Cast) -> ImportRun:
        return a_run(cast, counts=self.COUNTS, vanishing=["students"])

    def test_it_says_which_table_and_what_that_means(self, cast: Cast, priya: Client) -> None:
        page = page_of(priya, self.stopped(cast))

        assert "Should so many be gone?" in page
        assert "2,400 of 3,000 would be gone (80 percent)." in page
        assert "Students who are gone leave search" in page

    def test_without_the_name_it_is_refused_in_words(self, cast: Cast, priya: Client) -> None:
        run = self.stopped(cast)

        for typed in ("", "yes"):
            page = told(priya, "load", run, students=typed)
            assert "2,400 of 3,000" in page
            assert 'aria-invalid="true"' in page
        assert not ProcrastinateJob.objects.exists()

    @pytest.mark.parametrize("typed", ["Students", " students "])
    def test_with_the_name_it_goes_on(self, cast: Cast, priya: Client, typed: str) -> None:
        run = self.stopped(cast)

        assert "It will be loaded now." in told(priya, "load", run, students=typed)

        run.refresh_from_db()
        assert run.confirmed == ["students"]
        assert ProcrastinateJob.objects.get().task_name.endswith("apply")


class TestWhatIsNotOpen:
    """An act whose time has passed is told in words."""

    @pytest.mark.parametrize(
        ("state", "act"),
        [
            (State.FAULTY, "load"),
            (State.APPLIED, "load"),
            (State.CHECKING, "load"),
            (State.DISCARDED, "resume"),
            (State.READY, "resume"),
            (State.APPLIED, "discard"),
            (State.UNDONE, "discard"),
            (State.READY, "undo"),
            (State.UNDONE, "undo"),
            (State.READY, "cancel"),
            (State.APPLIED, "cancel"),
        ],
    )
    def test_it_is_told(self, cast: Cast, priya: Client, state: str, act: str) -> None:
        run = a_run(cast, state, counts=COUNTS)

        page = told(priya, act, run)

        assert 'data-tone="attention"' in page
        run.refresh_from_db()
        assert run.state == state
        assert not ProcrastinateJob.objects.exists()

    def test_pressing_load_twice_loads_once(self, cast: Cast, priya: Client) -> None:
        run = a_run(cast, counts=COUNTS)
        told(priya, "load", run)

        assert "already being worked on" in told(priya, "load", run)
        assert ProcrastinateJob.objects.count() == 1

    def test_the_page_to_undo_says_that_it_cannot(self, cast: Cast, priya: Client) -> None:
        run = a_run(cast)
        page = priya.get(reverse("imports:undo", args=[run.pk])).content.decode()
        assert "Only a file that was loaded can be undone." in page


class TestWorkThatGoesOn:
    def test_the_bar_alone_is_asked_for_each_second(self, cast: Cast, priya: Client) -> None:
        run = a_run(
            cast, State.CHECKING, heartbeat=timezone.now(),
            progress={"doing": "reading", "step": "users.csv", "done": 1000, "of": 4000},
        )  # fmt: skip
        address = reverse("imports:run", args=[run.pk])

        whole = priya.get(address).content.decode()
        assert 'hx-trigger="every 1s"' in whole
        part = priya.get(address, headers={"HX-Request": "true"}).content.decode()
        assert "<html" not in part
        assert "Reading users.csv" in part
        assert "1,000 of 4,000" in part

    def test_when_it_is_done_the_whole_page_comes(self, cast: Cast, priya: Client) -> None:
        run = a_run(cast, counts=COUNTS)
        answer = priya.get(reverse("imports:run", args=[run.pk]), headers={"HX-Request": "true"})
        assert answer.headers["HX-Refresh"] == "true"

    def test_priya_stops_it_before_its_turn(
        self, cast: Cast, priya: Client, tmp_path: Path
    ) -> None:
        run = send(priya, zipped(rosters.write(tmp_path / "good")))

        assert "Should the check go on?" in told(priya, "cancel", run)
        assert "waits for its turn" in told(priya, "resume", run)

    def test_priya_stops_it_under_way(self, cast: Cast, priya: Client) -> None:
        run = a_run(cast, State.CHECKING, heartbeat=timezone.now())
        assert "It stops at the next step." in told(priya, "cancel", run)
        run.refresh_from_db()
        assert run.cancel_asked

    def test_an_interrupted_load_can_go_on_or_be_put_aside(self, cast: Cast, priya: Client) -> None:
        run = a_run(cast, State.APPLYING, counts=COUNTS)

        page = page_of(priya, run)
        assert "Nothing was half loaded" in page
        assert "Go on" in page
        assert "You can load it now." in told(priya, "resume", run)
        assert "What would change?" in page_of(priya, run)
        assert "Put aside." in told(priya, "discard", run)
        assert "What became of this file?" in page_of(priya, run)

    def test_the_estimate_comes_from_what_was_done_so_far(self) -> None:
        run = ImportRun(
            progress={"doing": "reading", "step": "users.csv", "done": 25, "of": 100, "began": 50.0}
        )
        assert standing.progress(run, 60.0).estimate == "About 30 seconds left here"
        assert standing.progress(run, 50.5).estimate == ""

    def test_without_a_measure_the_lists_are_counted(self) -> None:
        run = ImportRun(progress={"doing": "writing", "step": "students", "done": 0, "of": 0})
        bar = standing.progress(run, 0)
        assert (bar.label, bar.count) == ("Writing: Students", "3 of 10")


class TestQueries:
    """At most twelve a page, however many rows there are."""

    def counted(self, client: Client, address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return sum(
            not q["sql"].startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT"))
            for q in queries
        )

    def test_the_list(self, cast: Cast, priya: Client) -> None:
        address = reverse("imports:runs")
        a_run(cast, State.FAULTY)
        few = self.counted(priya, address)
        for _ in range(20):
            make_faults(cast, a_run(cast, State.FAULTY), 2)
        assert self.counted(priya, address) == few <= 12

    def test_a_run_with_faults(self, cast: Cast, priya: Client) -> None:
        run = a_run(cast, State.FAULTY)
        address = reverse("imports:run", args=[run.pk])
        make_faults(cast, run, 1)
        few = self.counted(priya, address)
        make_faults(cast, run, 40)
        assert self.counted(priya, address) == few <= 12

    def test_a_preview_and_its_rows(self, cast: Cast, priya: Client) -> None:
        run = a_run(cast, counts=COUNTS)
        assert self.counted(priya, reverse("imports:run", args=[run.pk])) <= 12
        address = reverse("imports:rows", args=[run.pk, "students", "new"])
        counts = []
        for made in (1, 40):
            Sample.objects.bulk_create(
                Sample(
                    district=cast.alder, run=run, table="students", fate="new",
                    number=1000 * made + n, label="Ana Rivera", cells={},
                )
                for n in range(made)
            )  # fmt: skip
            counts.append(self.counted(priya, address))
        assert counts[0] == counts[1] <= 12
