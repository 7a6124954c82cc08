"""What this room says of the framework's elements: what was heard, what came back, what is next.

Findings are told out of each school's newest signed report. Those who may not see the listening of
a school read what stands on the open page for those who were heard, and nothing more.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.framework.elements import element, elements, served_by
from hearth.framework.saying import Behind, Said, Side, Spoken
from hearth.listening.models import ListeningProject, StrategyPhase
from hearth.listening.models.finding import FindingSide, FindingSource, MemberCheck
from hearth.listening.models.phase import PHASES
from hearth.listening.reading.elements import about, newest_signed, of_version
from hearth.listening.reading.findings import sources_of
from hearth.listening.rules.findings import why_draft

SHORT = 90  # of a finding on a tile; the whole of it stands behind
SPOKEN_OF = ("heard", "differ")
Row = Mapping[str, Any]


def said(user: User, schools: Collection[int]) -> Spoken:
    """Three queries for whoever sees what is listened for, and one for families and students."""
    found: dict[str, list[Said]] = {}
    lines: Iterable[tuple[str, Said]] = ()
    if user.may(May.SEE_LISTENING):
        lines = (line for part in (_reports, _phases, _projects) for line in part(user, schools))
    elif user.may(May.SEE_OWN_CHILD) or user.may(May.SEE_OWN_SELF):
        lines = _told_openly(schools)
    for key, one in lines:
        found.setdefault(key, []).append(one)
    return found


def _reports(user: User, schools: Collection[int]) -> Iterator[tuple[str, Said]]:
    for report in newest_signed(user, schools).values():
        url = reverse("listening:report", args=[report.project_id])
        for row in report.told["findings"]:
            for key in _sixteen(about(row)):
                yield key, _heard(row, report.school_id, url)
                for following in _next(row, report.school_id, url):
                    yield key, following
        yield from _not_found(report, url)
        yield from _methods(report.told["methods"], report.school_id, url)
        yield (
            "practice.councils",
            Said(
                Side.DOING, _("The guiding group read what was heard, and signed it."),
                report.school_id, url, count=1,
            ),
        )  # fmt: skip


def _not_found(report: Any, url: str) -> Iterator[tuple[str, Said]]:
    """What people spoke of without a finding yet is heard, and that much is said of it."""
    text = _("People spoke of it; no finding stands yet.")
    for key, stands in of_version(report, get_language() or "en", timezone.localdate()).items():
        if stands.status in SPOKEN_OF:
            yield key, Said(Side.HEARD, text, report.school_id, url)


def _sixteen(keys: Collection[str]) -> list[str]:
    return [one.key for one in elements() if one.key in keys]


def _heard(row: Row, school: int, url: str) -> Said:
    words = _in_own_language(row, "words")
    text = Truncator(words).chars(SHORT)
    return Said(
        Side.HEARD, text, school, url, count=row["sources"],
        strength=row["side"] == FindingSide.STRENGTH,
        behind=(Behind(words, url),) if text != words else (),
    )  # fmt: skip


def _in_own_language(row: Row, key: str) -> str:
    spanish = (get_language() or "en").startswith("es")
    return str((spanish and row.get(f"{key}_es")) or row[key])


def _next(row: Row, school: int, url: str) -> Iterator[Said]:
    """What somebody has taken on; or that nobody has, where something could be better."""
    for each in row["recommendations"]:
        step, words = _in_own_language(each, "next_step"), _in_own_language(each, "words")
        text = _("Next: %(step)s") % {"step": Truncator(step).chars(SHORT)}
        behind = (Behind(words, url),) if words != step else ()
        yield Said(Side.DOING, text, school, url, count=1, behind=behind)
    if not row["recommendations"] and row["side"] != FindingSide.STRENGTH:
        yield Said(Side.MISSING, _("Somebody who takes on what was heard."), school, url)


def _methods(told: Row, school: int, url: str) -> Iterator[tuple[str, Said]]:
    """What a school did to hear people is itself a part of the framework."""
    for key, method, text in (
        ("condition.relationships", "survey", _("People are asked how it feels to be here.")),
        ("commitment.shared_decisions", "forum",
         _("Students hold forums, and say what they share and where they differ.")),
        ("condition.instruction", "visit",
         _("Classrooms are visited to learn from them, never to judge anybody.")),
        ("pillar.family_engagement", "interview",
         _("People are asked for their stories, one at a time.")),
        ("practice.alignment", "document",
         _("What is written down is read beside what people say.")),
    ):  # fmt: skip
        if told.get(method):
            yield key, Said(Side.DOING, text, school, url, count=told[method])


def _phases(user: User, schools: Collection[int]) -> Iterator[tuple[str, Said]]:
    """A phase is a word that a body chose. What a school moved from stands beside it."""
    rows = StrategyPhase.objects.visible_to(user).filter(school__in=schools)
    own = ListeningProject.objects.visible_to(user).filter(school=OuterRef("school"))
    newest = own.order_by("-starts", "-pk").values("pk")[:1]
    names, language = dict(PHASES), get_language() or "en"
    before: dict[tuple[int, str], str] = {}
    last: dict[tuple[int, str], tuple[Any, str]] = {}
    for row in rows.annotate(project=Subquery(newest)).order_by("session__starts", "pk"):
        at = (row.school_id, row.strategy)
        before[at] = last[at][0].phase if at in last else ""
        last[at] = (row, before[at])
    for row, earlier in last.values():
        words = {
            "strategy": element(row.strategy).name.said_in(language),
            "phase": names[row.phase], "body": row.decided_by,
        }  # fmt: skip
        moved = earlier and earlier != row.phase
        text = (
            _("%(strategy)s: from %(before)s to %(phase)s") % {**words, "before": names[earlier]}
            if moved
            else _("%(strategy)s: %(phase)s") % words
        )
        url = reverse("listening:strategies", args=[row.project]) if row.project else ""
        behind = (Behind(_("Decided by: %(body)s") % words, url),)
        for served in served_by(row.strategy):
            side = Side.CHANGED if moved else Side.DOING
            yield (
                served.key,
                Said(
                    side, text, row.school_id, url, count=max(len(row.artifacts), 1), behind=behind
                ),
            )


def _projects(user: User, schools: Collection[int]) -> Iterator[tuple[str, Said]]:
    today = timezone.localdate()
    back = ~Q(days__to_whom="")
    rows = ListeningProject.objects.visible_to(user).filter(school__in=schools, ends__gte=today)
    for row in rows.annotate(
        back=Count("days", filter=back & Q(days__done_on__isnull=False)),
        late=Count("days", filter=back & Q(days__done_on=None, days__day__lt=today)),
    ).order_by("pk"):
        url = row.get_absolute_url()
        behind = (Behind(row.called, url), *(Behind(each, url) for each in row.wants_to_know))
        for key, text in (
            ("practice.asset_mapping", _("We are asking what is here and what people want.")),
            ("commitment.shared_decisions", _("A guiding group says what is asked, and of whom.")),
        ):
            yield key, Said(Side.DOING, text, row.school_id, url, count=1, behind=behind)
        if row.back:
            text = _("What was heard came back to those who said it.")
            yield (
                "commitment.shared_decisions",
                Said(Side.CHANGED, text, row.school_id, url, count=row.back),
            )
        if row.late:
            text = ngettext(
                "What was heard should have come back to people, and has not yet.",
                "What was heard should have come back to people on %(n)s days, and has not yet.",
                row.late,
            ) % {"n": row.late}  # fmt: skip
            yield "commitment.shared_decisions", Said(Side.MISSING, text, row.school_id, url)


def _told_openly(schools: Collection[int]) -> Iterator[tuple[str, Said]]:
    """Findings that stand on a page everybody with its address may read. The address stays with
    those to whom it was given: whoever has it may say, unasked, what somebody heard did not say."""
    found: dict[int, list[Any]] = {}
    for source in _open_sources(schools):
        found.setdefault(source.finding_id, []).append(source)
    for sources in found.values():
        row = sources[0].finding
        if why_draft(sources_of(sources)):
            continue
        told = {
            "about": row.about,
            "words": row.words,
            "words_es": row.words_es,
            "side": row.side,
            "sources": len(sources),
            "elements": row.elements,
        }
        for key in _sixteen(about(told)):
            yield key, _heard(told, row.school_id, "")


def _open_sources(schools: Collection[int]) -> QuerySet[Any]:
    opened = MemberCheck.objects.filter(project=OuterRef("finding__project"))
    rows = FindingSource.objects.filter(Exists(opened), finding__school__in=schools)
    found: QuerySet[Any] = rows.select_related("finding", "interview", "surveyed").order_by(
        "-finding__side", "finding", "pk"
    )
    return found
