"""A run in words: its tables, what would happen to their rows, where it stands on its way."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from hearth.imports.extracts.words import FAULTS
from hearth.imports.models import ImportRun
from hearth.imports.oneroster.findings import KEPT_PER_KIND

FATES = ("new", "changed", "gone")
# Tables whose rows are named by a person.
OF_PEOPLE = {
    "people", "students", "guardians", "staff", "guardianships", "members", "identities",
    "days", "years", "stays", "parts", "programs",
}  # fmt: skip


@dataclass(frozen=True)
class Called:
    """What a table is called: by itself, and for so many new rows of it."""

    title: Promise
    new: Promise


TABLES = {
    "schools": Called(
        gettext_lazy("Schools"), ngettext_lazy("%(n)s new school", "%(n)s new schools", "count")
    ),
    "sessions": Called(
        gettext_lazy("School years and terms"),
        ngettext_lazy("%(n)s new year or term", "%(n)s new years or terms", "count"),
    ),
    "people": Called(
        gettext_lazy("People"), ngettext_lazy("%(n)s new person", "%(n)s new people", "count")
    ),
    "students": Called(
        gettext_lazy("Students"), ngettext_lazy("%(n)s new student", "%(n)s new students", "count")
    ),
    "guardians": Called(
        gettext_lazy("Parents and guardians"),
        ngettext_lazy("%(n)s new parent or guardian", "%(n)s new parents and guardians", "count"),
    ),
    "staff": Called(
        gettext_lazy("Staff"),
        ngettext_lazy("%(n)s new member of staff", "%(n)s new members of staff", "count"),
    ),
    "guardianships": Called(
        gettext_lazy("Family ties"),
        ngettext_lazy("%(n)s new family tie", "%(n)s new family ties", "count"),
    ),
    "sections": Called(
        gettext_lazy("Classes"), ngettext_lazy("%(n)s new class", "%(n)s new classes", "count")
    ),
    "members": Called(
        gettext_lazy("Places in classes"),
        ngettext_lazy("%(n)s new place in a class", "%(n)s new places in classes", "count"),
    ),
    "identities": Called(
        gettext_lazy("Identities"),
        ngettext_lazy("%(n)s new identity", "%(n)s new identities", "count"),
    ),
    "days": Called(
        gettext_lazy("Days at school"),
        ngettext_lazy("%(n)s new day", "%(n)s new days", "count"),
    ),
    "years": Called(
        gettext_lazy("School years of attendance"),
        ngettext_lazy("%(n)s new year of attendance", "%(n)s new years of attendance", "count"),
    ),
    "stays": Called(
        gettext_lazy("Enrollments"),
        ngettext_lazy("%(n)s new enrollment", "%(n)s new enrollments", "count"),
    ),
    "incidents": Called(
        gettext_lazy("Incidents"),
        ngettext_lazy("%(n)s new incident", "%(n)s new incidents", "count"),
    ),
    "parts": Called(
        gettext_lazy("Parts in incidents"),
        ngettext_lazy("%(n)s new part", "%(n)s new parts", "count"),
    ),
    "programs": Called(
        gettext_lazy("Times in programs"),
        ngettext_lazy("%(n)s new time in a program", "%(n)s new times in a program", "count"),
    ),
    "organizations": Called(
        gettext_lazy("Organizations"),
        ngettext_lazy("%(n)s new organization", "%(n)s new organizations", "count"),
    ),
    "services": Called(
        gettext_lazy("Services"), ngettext_lazy("%(n)s new service", "%(n)s new services", "count")
    ),
    "locations": Called(
        gettext_lazy("Locations"),
        ngettext_lazy("%(n)s new location", "%(n)s new locations", "count"),
    ),
    "services_at": Called(
        gettext_lazy("Services at locations"),
        ngettext_lazy(
            "%(n)s new service at a location", "%(n)s new services at locations", "count"
        ),
    ),
    "schedules": Called(
        gettext_lazy("Hours"), ngettext_lazy("%(n)s new line", "%(n)s new lines", "count")
    ),
    "categories": Called(
        gettext_lazy("Categories"),
        ngettext_lazy("%(n)s new category", "%(n)s new categories", "count"),
    ),
    "service_categories": Called(
        gettext_lazy("Categories of services"),
        ngettext_lazy("%(n)s new", "%(n)s new", "count"),
    ),
    "details": Called(
        gettext_lazy("Phones, addresses and other details"),
        ngettext_lazy("%(n)s new detail", "%(n)s new details", "count"),
    ),
    "figures": Called(
        gettext_lazy("Public figures"),
        ngettext_lazy("%(n)s new public figure", "%(n)s new public figures", "count"),
    ),
}


def title_of(table: str) -> str:
    return str(TABLES[table].title) if table in TABLES else table


def number(count: int) -> str:
    return str(number_format(count, use_l10n=True, force_grouping=True))


@dataclass(frozen=True)
class Some:
    """So many rows of one fate, in words, one step away from the rows."""

    words: str
    url: str


@dataclass(frozen=True)
class Line:
    """One table of the preview."""

    table: str
    title: str
    fates: list[Some]
    same: str


def lines(run: ImportRun) -> list[Line]:
    """The preview, or what was loaded: every table of which the file says anything."""
    return [
        _line(run, table, run.counts[table])
        for table in TABLES
        if table in run.counts and any(run.counts[table].get(f) for f in (*FATES, "same"))
    ]


def _line(run: ImportRun, table: str, counts: dict[str, int]) -> Line:
    fates = [
        Some(
            in_words(table, fate, counts[fate]),
            reverse("imports:rows", args=[run.pk, table, fate]),
        )
        for fate in FATES
        if counts.get(fate)
    ]
    same = _("%(n)s the same") % {"n": number(counts["same"])} if counts.get("same") else ""
    return Line(table, title_of(table), fates, same)


def in_words(table: str, fate: str, count: int) -> str:
    """So many rows: "3 new students", "12 changed"."""
    if fate == "new":
        return str(TABLES[table].new % {"count": count, "n": number(count)})
    if fate == "changed":
        words = ngettext("%(n)s changed", "%(n)s changed", count)
    else:
        words = ngettext("%(n)s gone", "%(n)s gone", count)
    return words % {"n": number(count)}


def undo_lines(run: ImportRun) -> list[tuple[str, list[str]]]:
    """What undo would do to each table that the run changed."""
    return [
        (title_of(table), _undone(run.counts[table]))
        for table in TABLES
        if any(run.counts.get(table, {}).get(fate) for fate in FATES)
    ]


def _undone(counts: dict[str, int]) -> list[str]:
    new, changed, gone = (counts.get(fate, 0) for fate in FATES)
    said = [
        (new, ngettext("%(n)s new one is taken out", "%(n)s new ones are taken out", new)),
        (
            changed,
            ngettext("%(n)s becomes what it was", "%(n)s become what they were", changed),
        ),
        (gone, ngettext("%(n)s comes back", "%(n)s come back", gone)),
    ]
    return [words % {"n": number(count)} for count, words in said if count]


def changes(run: ImportRun) -> int:
    """How many rows are new, changed or gone."""
    return sum(count.get(fate, 0) for count in run.counts.values() for fate in FATES)


def summary(run: ImportRun) -> str:
    """All tables in one line: "3 new rows, 12 changed, 1 gone"."""
    new, changed, gone = (sum(c.get(fate, 0) for c in run.counts.values()) for fate in FATES)
    if run.counts and not (new or changed or gone):
        return _("nothing changes")
    parts = [
        (new, ngettext("%(n)s new row", "%(n)s new rows", new)),
        (changed, ngettext("%(n)s changed", "%(n)s changed", changed)),
        (gone, ngettext("%(n)s gone", "%(n)s gone", gone)),
    ]
    return ", ".join(words % {"n": number(count)} for count, words in parts if count)


def not_listed(run: ImportRun) -> list[str]:
    """Of which kinds there are more faults than are kept with their line, and how many in all."""
    return [
        _("%(file)s has %(all)s faults of one kind. The first %(kept)s of them are listed.")
        % {"file": file, "all": number(total), "kept": number(KEPT_PER_KIND)}
        for file, kinds in run.totals.items()
        for kind, total in kinds.items()
        if kind in FAULTS and total > KEPT_PER_KIND
    ]


@dataclass(frozen=True)
class Stop:
    """A table of which more than a tenth would be gone."""

    table: str
    title: str
    words: str


MEANING = {
    "schools": gettext_lazy("A school that is gone leaves every list and every choice."),
    "students": gettext_lazy(
        "Students who are gone leave search, class lists and every list of students. Their "
        "referrals and history stay, and they come back with the next file that has them."
    ),
    "people": gettext_lazy(
        "People who are gone leave search and lists. What was written about them stays."
    ),
    "guardians": gettext_lazy("They leave the list of people to reach for their students."),
    "guardianships": gettext_lazy("Students would show fewer adults to reach, or none."),
    "staff": gettext_lazy("They leave the lists of people who work here. They can still sign in."),
    "sections": gettext_lazy("Teachers would no longer see the students of these classes."),
    "members": gettext_lazy("Teachers would no longer see these students in their classes."),
    "identities": gettext_lazy("What families reported would end today; its history stays."),
    "sessions": gettext_lazy("These school years and terms would no longer be offered."),
    "years": gettext_lazy("Figures of these years would count fewer students."),
    "stays": gettext_lazy("Figures of these years would count fewer students."),
    "incidents": gettext_lazy("Figures would count fewer incidents."),
    "programs": gettext_lazy("These students would no longer count in these programs."),
    "organizations": gettext_lazy("Their services stay listed until they are gone themselves."),
    "services": gettext_lazy(
        "They leave search. Whatever was written about them stays, and they come back with the "
        "next file that has them."
    ),
    "locations": gettext_lazy("Services would no longer be found by their distance."),
    "figures": gettext_lazy("There would be less to compare with."),
}


def stops(run: ImportRun) -> list[Stop]:
    """What still has to be confirmed by name before this run may load."""
    return [
        _stop(table, run.counts.get(table, {}))
        for table in run.vanishing
        if table not in run.confirmed
    ]


def _stop(table: str, counts: dict[str, int]) -> Stop:
    gone, before = counts.get("gone", 0), counts.get("before", 0)
    words = _("%(gone)s of %(before)s would be gone (%(percent)s percent).") % {
        "gone": number(gone),
        "before": number(before),
        "percent": round(100 * gone / before) if before else 100,
    }
    return Stop(table, title_of(table), f"{words} {MEANING.get(table, '')}".strip())
