"""The verbs of a class review: begin, say of one student after another, finish, change."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hearth.access.models import User
from hearth.audit.actions import record
from hearth.people.models import Section, Student
from hearth.supports.models import ClassReview, Referral, StudentReview
from hearth.supports.reading.coverage import walk_of
from hearth.supports.rules import NotAllowed
from hearth.supports.rules.review import school_year


class WrittenMeanwhile(NotAllowed):
    """Somebody else wrote about the same student after this form was opened."""


@transaction.atomic
def begin(*, section: Section, by: User) -> ClassReview:
    """The walk through this class in this school year. Whoever comes second joins the first."""
    review, is_new = ClassReview.objects.get_or_create(
        section=section,
        year=school_year(timezone.localdate()),
        defaults={
            "district_id": section.district_id,
            "school_id": section.school_id,
            "begun_by": by,
        },
    )
    if is_new:
        record("class_review_begun", review, district_id=review.district_id, by=by)
    return review


@transaction.atomic
def say(
    *, review: ClassReview, student: Student, strength: str, next: str, trusted_adult: str = "",
    thought: str = "", as_of: str = "", by: User,
) -> StudentReview:  # fmt: skip
    """What goes well with one student, and what is next. Said again, it is changed, also after the
    review was finished; what stood before stays in the row's history.

    `as_of` is what `version` gave when the form was opened, so that two people at one class do not
    write over each other unseen.
    """
    ClassReview.objects.select_for_update().get(pk=review.pk)
    if not Student.objects.current().in_section(review.section).filter(pk=student.pk).exists():
        raise NotAllowed(_("This student is not in the class any more."))
    words = {
        "strength": strength.strip(),
        "trusted_adult": trusted_adult.strip(),
        "thought": thought.strip(),
        "next": next,
    }
    row: StudentReview | None = review.students.filter(student=student).first()
    if row and row.by_id == by.pk and all(getattr(row, name) == words[name] for name in words):
        return row  # the same form sent twice
    if row and version(row) != as_of:
        raise WrittenMeanwhile(
            _("%(name)s wrote about this student while you were typing. Read it, then keep yours.")
            % {"name": row.by.name}
        )
    row = row or StudentReview(district_id=review.district_id, review=review, student=student)
    for name, value in {**words, "by": by}.items():
        setattr(row, name, value)
    row.save()
    record(
        "student_reviewed", row, district_id=review.district_id, by=by, student_id=student.pk,
        facts={"next": next},
    )  # fmt: skip
    return row


def version(row: StudentReview | None) -> str:
    """Which state of the words a form was opened on; empty while nobody has said anything."""
    return row.at.isoformat() if row else ""


@transaction.atomic
def remember_referral(*, row: StudentReview, referral: Referral, by: User) -> None:
    """Out of this look at a student, somebody asked for support."""
    if referral.student_id != row.student_id:
        raise NotAllowed(_("This was asked for another student."))
    others = StudentReview.objects.filter(pk=row.pk).exclude(referral=referral)
    if not others.update(referral=referral):
        return
    record(
        "review_led_to_referral", row, district_id=row.district_id, by=by,
        student_id=row.student_id, facts={"referral": referral.pk},
    )  # fmt: skip


@transaction.atomic
def finish(*, review: ClassReview, by: User) -> None:
    """Everybody who is here has been seen. Who left does not count; who joins later waits."""
    locked = ClassReview.objects.select_for_update().get(pk=review.pk)
    walk = walk_of(locked)
    if not walk.is_whole:
        raise NotAllowed(_still_to_see(len(walk.left)))
    locked.finished_at = timezone.now()
    locked.save(update_fields=["finished_at"])
    record(
        "class_review_finished", locked, district_id=locked.district_id, by=by,
        facts={"students": walk.done},
    )  # fmt: skip
    review.refresh_from_db()


def _still_to_see(count: int) -> str:
    if not count:
        return _("Nobody is in this class, so there is nothing to finish.")
    words = ngettext(
        "%(count)d student is still to be seen.", "%(count)d students are still to be seen.", count
    )
    return words % {"count": count}
