"""The verbs of the report: make a version, sign one. Neither is ever written over."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.audit.actions import record
from hearth.listening.models import ListeningProject, Report, SignOff
from hearth.listening.models.grounds import may_here
from hearth.listening.reading.report import snapshot


@transaction.atomic
def make_report(*, project: ListeningProject, by: User) -> tuple[Report, bool]:
    """The next version, and whether it is new: with nothing else to tell, the last one stands."""
    if not may_here(by, May.RUN_LISTENING, project.school_id):
        raise PermissionDenied
    # Two who make one at once come one after the other.
    ListeningProject.objects.select_for_update(of=("self",)).get(pk=project.pk)
    last = Report.objects.filter(project=project).order_by("-number").first()
    told = snapshot(project, timezone.localdate())
    if last and last.told == told:
        return last, False
    row: Report = Report.objects.create(
        district_id=project.district_id, school_id=project.school_id, project=project,
        number=last.number + 1 if last else 1, told=told, made_by=by,
    )  # fmt: skip
    record("report made", row, district_id=row.district_id, by=by, facts={"number": row.number})
    return row, True


@transaction.atomic
def sign_report(*, report: Report, speaks_for: str, words: str, by: User) -> SignOff:
    """One signature of each; pressed twice, the first stands."""
    if not may_here(by, May.SIGN_LISTENING, report.school_id):
        raise PermissionDenied
    row: SignOff
    row, made = SignOff.objects.get_or_create(
        report=report, by=by, district_id=report.district_id, school_id=report.school_id,
        defaults={"name": by.name, "speaks_for": speaks_for, "words": words,
                  "on": timezone.localdate()},
    )  # fmt: skip
    if made:
        facts: dict[str, object] = {"number": report.number}
        record("report signed", row, district_id=row.district_id, by=by, facts=facts)
    return row
