"""The verbs of funding: a source, its rules, what is paid for, and who bears which part of it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.roles import Reach
from hearth.audit.actions import record
from hearth.kit import dates
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.models import Funded, Funding, FundingRule, Service, Share, Split
from hearth.partners.rules import funding as rules
from hearth.schools.models import School

FIELDS = ("name", "given_by", "starts", "ends")


@transaction.atomic
def write_source(*, said: Mapping[str, Any], by: User) -> Funding:
    """A source of money, as its letter says."""
    _name_is_free(said["name"])
    made: Funding = Funding.objects.create(
        district_id=by.district_id, made_by=by, **{name: said.get(name) for name in FIELDS}
    )
    record("funding written", made, district_id=made.district_id, by=by)
    return made


@transaction.atomic
def change_source(*, funding: Funding, said: Mapping[str, Any], by: User) -> Funding:
    """A name put right, or another last day. How it was stays in its history."""
    locked: Funding = Funding.objects.select_for_update().get(pk=funding.pk)
    _name_is_free(said["name"], but=locked.pk)
    changed = sorted(name for name in FIELDS if getattr(locked, name) != said.get(name))
    for name in changed:
        setattr(locked, name, said.get(name))
    if changed:
        locked.save(update_fields=changed)
        record("funding changed", locked, district_id=locked.district_id, by=by,
               facts={"fields": changed})  # fmt: skip
    return locked


def _name_is_free(name: str, but: int | None = None) -> None:
    if Funding.objects.filter(name=name).exclude(pk=but).exists():
        raise NotAllowed(_("There is a source of this name already."))


@transaction.atomic
def add_rule(*, funding: Funding, said: Mapping[str, Any], by: User) -> FundingRule:
    """What it may pay for, from a day on. The rules before stay as they were."""
    rule = FundingRule.objects.create(
        district_id=funding.district_id, funding=funding, said_by=by, words=said["words"].strip(),
        source=said["source"].strip(), address=said.get("address") or "", starts=said["starts"],
        ends=said.get("ends"),
    )  # fmt: skip
    record("funding rule added", funding, district_id=funding.district_id, by=by)
    return rule


@transaction.atomic
def write_funded(
    *, by: User, school: School | None, service: Service | None = None, position: str = ""
) -> Funded:
    """A service or a position, at one school or at all of them. Who bears it comes next."""
    if not may_keep_for(by, school.pk if school else None):
        raise NotAllowed(_("Choose one of your own schools."))
    made: Funded = Funded.objects.create(
        district_id=by.district_id, school=school, service=service, position=position.strip(),
        made_by=by,
    )  # fmt: skip
    record("funded written", made, district_id=made.district_id, by=by)
    return made


@transaction.atomic
def split(
    *, funded: Funded, starts: date, parts: Mapping[int, Decimal], by: User,
    cost: Decimal | None = None, why: str = "",
) -> Split:  # fmt: skip
    """From that day on these sources bear these parts, which make 100 percent."""
    locked: Funded = Funded.objects.select_for_update().get(pk=funded.pk)
    if not may_keep_for(by, locked.school_id):
        raise NotAllowed(_("Choose one of your own schools."))
    parts = {key: percent for key, percent in parts.items() if percent}
    lacking = rules.lacking(parts.values())
    if lacking:
        raise NotAllowed(
            _("The parts make %(sum)s percent together. They must make exactly 100.")
            % {"sum": f"{(rules.WHOLE - lacking).normalize():f}"}
        )
    _in_time(locked, starts, parts)
    made = Split.objects.create(
        district_id=locked.district_id, funded=locked, starts=starts, cost=cost, why=why.strip(),
        made_by=by,
    )  # fmt: skip
    Share.objects.bulk_create(
        Share(district_id=locked.district_id, split=made, funding_id=key, percent=percent)
        for key, percent in parts.items()
    )
    facts: dict[str, object] = {
        "from": starts.isoformat(),
        "parts": {str(k): str(p) for k, p in parts.items()},
    }
    record("funding split", locked, district_id=locked.district_id, by=by, facts=facts)
    return made


def _in_time(funded: Funded, starts: date, parts: Mapping[int, Decimal]) -> None:
    """Nothing is rewritten, and no source bears anything outside its own days."""
    today = timezone.localdate()
    last = funded.splits.order_by("-starts").values_list("starts", flat=True).first()
    if not rules.may_begin(starts, last, today):
        raise NotAllowed(
            _("A change begins today or later, and not before the last one. The past stays.")
        )
    if funded.ended_on and funded.ended_on <= starts:
        raise NotAllowed(_("It is no longer paid for from that day on."))
    named = Funding.objects.in_bulk(list(parts))
    for key in parts:
        source = named.get(key)
        if source is None or source.starts > starts or (source.ends and source.ends < starts):
            raise NotAllowed(
                _("%(source)s does not pay on %(day)s.")
                % {"source": source.name if source else "?", "day": dates.full(starts, today)}
            )


@transaction.atomic
def end(*, funded: Funded, on: date, by: User) -> Funded:
    """Nobody pays for it any more from that day on: it is over, and no money is missing."""
    locked: Funded = Funded.objects.select_for_update().get(pk=funded.pk)
    if not may_keep_for(by, locked.school_id):
        raise NotAllowed(_("Choose one of your own schools."))
    if on < timezone.localdate():
        raise NotAllowed(_("A change begins today or later. The past stays."))
    locked.ended_on = on
    locked.save(update_fields=["ended_on"])
    record("funded ended", locked, district_id=locked.district_id, by=by,
           facts={"on": on.isoformat()})  # fmt: skip
    return locked


def may_keep_for(user: User, school: int | None) -> bool:
    """At one's own schools; for all schools at once, the district alone."""
    standing = user.standing
    if standing.reaches(May.KEEP_FUNDING, Reach.DISTRICT):
        return True
    return school is not None and school in standing.schools(May.KEEP_FUNDING)
