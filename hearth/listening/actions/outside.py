"""The verbs of other surveys: keep their figures, take them back, lay one among what was read."""

from collections.abc import Sequence
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.audit.actions import record
from hearth.listening.actions.heard import write_down
from hearth.listening.models import Document, ListeningProject, OutsideFigure, OutsideFile
from hearth.listening.models.grounds import may_here
from hearth.listening.rules.outside import Figure
from hearth.schools.models import School

# So that a figure is laid among the documents once, whoever does it again.
OF_FIGURES = UUID("5f0a3c9e-6a1d-4c55-9a43-0d2f5be0c1a7")


@transaction.atomic
def keep_figures(
    *, school: School, figures: Sequence[Figure], source: str, terms: str, by: User, key: UUID
) -> OutsideFile:
    """With where they are from, on what terms, and who brought them. Sent twice, it is once;
    another table sent by the same form, as after Back, is another."""
    _may_run(by, school.pk)
    key = uuid5(key, repr((figures, source, terms)))
    of = {"district_id": school.district_id, "school_id": school.pk}
    row, made = OutsideFile.objects.get_or_create(
        key=key, defaults={"source": source, "terms": terms, "made_by": by, **of}
    )
    if row.made_by_id != by.pk or row.school_id != school.pk:
        raise PermissionDenied
    if not made:
        return row
    OutsideFigure.objects.bulk_create(
        OutsideFigure(
            file=row, instrument=one.instrument, year=one.year, construct=one.construct,
            audience=one.audience, group=one.group, answered=one.answered, percent=one.percent,
            mean=one.mean, **of,
        )
        for one in figures
    )  # fmt: skip
    record("figures of another survey kept", row, district_id=row.district_id, by=by,
           facts={"figures": len(figures)})  # fmt: skip
    return row


@transaction.atomic
def take_back(*, file: OutsideFile, by: User) -> OutsideFile:
    """What it had replaced is shown again. Pressed twice, the first day stands."""
    _may_run(by, file.school_id)
    row: OutsideFile = OutsideFile.objects.select_for_update().get(pk=file.pk)
    if row.taken_back_at is None:
        row.taken_back_at = timezone.now()
        row.save(update_fields=["taken_back_at"])
        record("figures of another survey taken back", row, district_id=row.district_id, by=by)
    return row


@transaction.atomic
def lay_among_documents(
    *, figure: OutsideFigure, project: ListeningProject, words: str, by: User
) -> Document:
    """A report of another survey is a document that was read, and a finding may rest on it."""
    _may_run(by, project.school_id)
    if figure.school_id != project.school_id:
        raise PermissionDenied
    key = uuid5(OF_FIGURES, f"{figure.pk} {project.pk}")
    found: Document | None = Document.objects.filter(key=key).first()
    if found:
        return found
    said = {
        "on": timezone.localdate(), "title": f"{figure.instrument} {figure.year}",
        "link": figure.file.source, "excerpt": words,
    }  # fmt: skip
    row: Document = write_down(Document, project=project, key=key, said=said, by=by)
    return row


def _may_run(by: User, school_id: int) -> None:
    if not may_here(by, May.RUN_LISTENING, school_id):
        raise PermissionDenied
