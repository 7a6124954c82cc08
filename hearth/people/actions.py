"""The verbs of the people floor. Each is one transaction, and says so in the record."""

from datetime import date, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.audit.actions import record
from hearth.people import moving, rules
from hearth.people.models import Guardianship, Merge, PartnerWorker, Person, Student, TwoPeople
from hearth.people.models.person import Role
from hearth.people.rules import NotAllowed


@transaction.atomic
def write_strengths(*, student: Student, strengths: str, by: User) -> None:
    """Somebody who knows the student says what they love and are good at."""
    student.strengths = strengths.strip()
    student.save(update_fields=["strengths"])
    record(
        "strengths_written", student, district_id=student.district_id, by=by, student_id=student.pk
    )


@transaction.atomic
def write_partner_worker(
    *, user: User, organization: str, does: str = "", starts: date, by: User
) -> PartnerWorker:
    """Somebody works for an organization and signs in: the person who has this account already,
    or one who is new here."""
    given, _space, family = user.name.strip().rpartition(" ")
    person, _new = Person.objects.get_or_create(
        user=user,
        defaults={
            "district_id": user.district_id, "given_name": given or family,
            "family_name": family if given else "", "email": user.email,
        },
    )  # fmt: skip
    worker, fresh = PartnerWorker.objects.get_or_create(
        person=person, organization=organization, ends=None,
        defaults={"district_id": user.district_id, "does": does, "starts": starts},
    )  # fmt: skip
    if fresh:
        record("partner worker written", worker, district_id=user.district_id, by=by)
    return worker


@transaction.atomic
def end_partner_work(*, worker: PartnerWorker, by: User) -> None:
    """The last day was yesterday, or the first day where that is today."""
    worker.ends = max(worker.starts, timezone.localdate() - timedelta(days=1))
    worker.save(update_fields=["ends"])
    record("partner work ended", worker, district_id=worker.district_id, by=by)


@transaction.atomic
def merge(*, kept: Person, absorbed: Person, by: User) -> Merge:
    """Two rows were one person: all that hangs on `absorbed` hangs on `kept` from now on.

    Nothing is thrown away. The absorbed row stays, points at the kept one, and is shown no more.
    """
    kept, absorbed = _both_locked(kept, absorbed)
    _refuse_what_cannot_be_one(kept, absorbed)
    merged = Merge(district_id=kept.district_id, kept=kept, absorbed=absorbed, by=by)
    merged.filled = _fill(Person, kept, absorbed)
    merged.filled |= _hand_over_sign_in(kept, absorbed)
    merged.moved = moving.move(moving.pointing_at(Person), source=absorbed.pk, target=kept.pk)
    for role in moving.ROLES:
        _merge_role(role, merged)
    absorbed.merged_into = kept
    absorbed.save(update_fields=["merged_into"])
    merged.save()
    _keep_event("people_merged", merged, by)
    return merged


@transaction.atomic
def unmerge(*, merge: Merge, by: User) -> None:
    """They were two after all: every row goes back to where it was.

    What was added since stays with the kept person, except where that person became a student, a
    guardian or staff only through the merge: then it belongs to the other.
    """
    merged = Merge.objects.select_for_update().get(pk=merge.pk)
    kept, absorbed = _both_locked(merged.kept, merged.absorbed)
    _refuse_what_cannot_be_undone(merged)
    absorbed.merged_into = None
    absorbed.save(update_fields=["merged_into"])
    for role in moving.ROLES:
        columns = moving.pointing_at(role)
        if role._meta.db_table in merged.made:
            moving.move(columns, source=kept.pk, target=absorbed.pk)
            moving.return_role(role, source=kept.pk, target=absorbed.pk)
        else:
            moving.move_back(columns, merged.moved, source=kept.pk, target=absorbed.pk)
    moving.move_back(moving.pointing_at(Person), merged.moved, source=kept.pk, target=absorbed.pk)
    _empty_again(kept, absorbed, merged.filled)
    merged.undone_at, merged.undone_by = timezone.now(), by
    merged.save(update_fields=["undone_at", "undone_by"])
    _keep_event("people_unmerged", merged, by)


@transaction.atomic
def keep_two(*, one: Person, other: Person, by: User) -> TwoPeople:
    """These look alike and are two people. Saying so twice says it once."""
    if one.pk == other.pk:
        raise NotAllowed(_("Choose two different people."))
    first, second = _both_locked(*sorted((one, other), key=lambda person: person.pk))
    if first.merged_into_id or second.merged_into_id:
        raise NotAllowed(_("One of these two has been brought together with somebody already."))
    said, is_new = TwoPeople.objects.get_or_create(
        one=first,
        other=second,
        undone_at=None,
        defaults={"district_id": first.district_id, "by": by},
    )
    if is_new:
        _keep_event_of_two("people_kept_two", said, by)
    return said


@transaction.atomic
def ask_again(*, said: TwoPeople, by: User) -> None:
    """Somebody wants to look once more: the two may be compared as before."""
    taken_back = TwoPeople.objects.filter(pk=said.pk, undone_at=None).update(
        undone_at=timezone.now(), undone_by=by
    )
    if not taken_back:
        raise NotAllowed(_("This has been taken back already."))
    _keep_event_of_two("people_asked_again", said, by)


def _both_locked(one: Person, other: Person) -> tuple[Person, Person]:
    """Both rows, locked in the order of their keys so that two merges never wait for each other."""
    rows = Person.objects.select_for_update().filter(pk__in=[one.pk, other.pk]).order_by("pk")
    found = {person.pk: person for person in rows}
    return found[one.pk], found[other.pk]


def _refuse_what_cannot_be_one(kept: Person, absorbed: Person) -> None:
    if kept.pk == absorbed.pk:
        raise NotAllowed(_("Choose two different people."))
    if kept.merged_into_id or absorbed.merged_into_id:
        raise NotAllowed(_("One of these two has been brought together with somebody already."))
    if TwoPeople.objects.filter(
        one=min(kept.pk, absorbed.pk), other=max(kept.pk, absorbed.pk), undone_at=None
    ).exists():
        raise NotAllowed(_("Somebody has said that these are two people. Take that back first."))
    family = Guardianship.objects.filter(
        Q(student=kept.pk, guardian=absorbed.pk) | Q(student=absorbed.pk, guardian=kept.pk)
    )
    if family.exists():
        raise NotAllowed(_("One of these two cares for the other, so they are two people."))


def _refuse_what_cannot_be_undone(merged: Merge) -> None:
    if merged.undone_at:
        raise NotAllowed(_("This has been taken back already."))
    later = Merge.objects.filter(
        Q(kept=merged.kept_id) | Q(absorbed=merged.kept_id), undone_at=None, pk__gt=merged.pk
    )
    if later.exists():
        raise NotAllowed(_("Take back the later one first; it builds on this one."))


def _merge_role(role: type[Role], merged: Merge) -> None:
    """Both are this to the school, or only the absorbed one is, and the kept becomes it."""
    pair = [merged.kept_id, merged.absorbed_id]
    held = {row.pk: row for row in role._default_manager.filter(pk__in=pair)}
    if merged.absorbed_id not in held:
        return
    if merged.kept_id in held:
        merged.filled |= _fill(role, held[merged.kept_id], held[merged.absorbed_id])
    else:
        moving.copy_role(role, source=merged.absorbed_id, target=merged.kept_id)
        merged.made.append(role._meta.db_table)
    merged.moved |= moving.move(
        moving.pointing_at(role), source=merged.absorbed_id, target=merged.kept_id
    )


def _fill(table: type[models.Model], kept: models.Model, absorbed: models.Model) -> dict[str, Any]:
    """Put what only the absorbed row says into the kept one, and return it by its address."""
    names = moving.FILLABLE.get(table, ())
    found = rules.to_fill(
        {name: getattr(kept, name) for name in names},
        {name: getattr(absorbed, name) for name in names},
    )
    for name, value in found.items():
        setattr(kept, name, value)
    if found:
        kept.save(update_fields=list(found))
    return {
        f"{table._meta.db_table}.{name}": value.isoformat() if isinstance(value, date) else value
        for name, value in found.items()
    }


def _hand_over_sign_in(kept: Person, absorbed: Person) -> dict[str, Any]:
    """The person keeps being able to sign in. Where both could, each keeps their own."""
    if kept.user_id or not absorbed.user_id:
        return {}
    key = absorbed.user_id
    Person.objects.filter(pk=absorbed.pk).update(user=None)
    Person.objects.filter(pk=kept.pk).update(user=key)
    return {"people_person.user": key}


def _empty_again(kept: Person, absorbed: Person, filled: dict[str, Any]) -> None:
    """Take back what was filled in, unless somebody has written something else there since."""
    key = filled.get("people_person.user")
    if key and Person.objects.filter(pk=kept.pk, user=key).update(user=None):
        Person.objects.filter(pk=absorbed.pk).update(user=key)
    for table, names in moving.FILLABLE.items():
        for name in names:
            address = f"{table._meta.db_table}.{name}"
            if address in filled:
                empty = getattr(table(), name)
                table._default_manager.filter(pk=kept.pk, **{name: filled[address]}).update(
                    **{name: empty}
                )


def _keep_event(verb: str, merged: Merge, by: User) -> None:
    student = Student.objects.filter(pk__in=[merged.kept_id, merged.absorbed_id])
    record(
        verb,
        merged.kept,
        district_id=merged.district_id,
        by=by,
        student_id=merged.kept_id if student.exists() else None,
        facts={"merge": merged.pk, "rows": sum(len(keys) for keys in merged.moved.values())},
    )


def _keep_event_of_two(verb: str, said: TwoPeople, by: User) -> None:
    record(verb, said, district_id=said.district_id, by=by)
