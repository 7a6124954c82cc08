"""Setting up a school's team, one answer at a time; each may be changed later."""

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.audit.actions import record
from hearth.schools.models import School
from hearth.supports.models import Team, TeamMember
from hearth.supports.models.grounds import team_of
from hearth.supports.rules import NotAllowed


@transaction.atomic
def choose_members(*, school: School, members: Mapping[User, str], by: User) -> Team:
    """Who sits at the table, and what each does there. Who is left out leaves from today."""
    team, today = _team(school, by), timezone.localdate()
    _belong(school, *members)
    standing = {row.user_id: row for row in team.members.filter(ends=None)}
    wanted = {user.pk: part for user, part in members.items()}
    for user_id, row in standing.items():
        if wanted.get(user_id) != row.part:
            _let_go(row, today)
    TeamMember.objects.bulk_create(
        TeamMember(
            district_id=team.district_id, school_id=team.school_id, team=team,
            user_id=user_id, part=part, starts=today,
        )
        for user_id, part in wanted.items()
        if user_id not in standing or standing[user_id].part != part
    )  # fmt: skip
    _keep("team_members", team, by, count=len(wanted))
    return team


def agree_norms(*, school: School, norms: str, by: User) -> Team:
    """How we work together. Each meeting begins with it."""
    return _change("team_norms", school, by, norms=norms.strip())


def set_rhythm(
    *, school: School, weekday: int, every_weeks: int, minutes: int, starts_at: time | None = None,
    place: str = "", by: User,
) -> Team:  # fmt: skip
    """When and where the team meets."""
    return _change(
        "team_rhythm", school, by, weekday=weekday, every_weeks=every_weeks, minutes=minutes,
        starts_at=starts_at, place=place.strip(),
    )  # fmt: skip


def write_welcome(*, school: School, welcome_en: str, welcome_es: str, by: User) -> Team:
    """The words on the school's own page, for whoever wants to ask."""
    return _change(
        "team_welcome", school, by, welcome_en=welcome_en.strip(), welcome_es=welcome_es.strip()
    )


@transaction.atomic
def put_on_call(
    *, school: School, on_call: User, on_call_next: User | None = None, by: User
) -> Team:
    """Whom Hearth pages at once when somebody may not be safe, and who comes next."""
    _belong(school, on_call, *([on_call_next] if on_call_next else []))
    if on_call == on_call_next:
        raise NotAllowed(_("Choose two different people, so that one can stand in for the other."))
    return _change("team_on_call", school, by, on_call=on_call, on_call_next=on_call_next)


@transaction.atomic
def set_door(*, school: School, door_open: bool, by: User) -> Team:
    """May families and students ask without an account? Only where somebody is on call."""
    if door_open and _team(school, by).on_call_id is None:
        raise NotAllowed(_("First say who is on call: the door is never open with nobody behind."))
    return _change("team_door", school, by, door_open=door_open)


@transaction.atomic
def finish(*, school: School, by: User) -> Team:
    """The team is ready. Doing it again changes nothing."""
    team = _team(school, by)
    missing = what_is_missing(team)
    if missing:
        raise NotAllowed(_("Still to say: %(what)s.") % {"what": ", ".join(missing)})
    if team.ready_on is None:
        _change("team_ready", school, by, ready_on=timezone.localdate())
        team.refresh_from_db()
    return team


def what_is_missing(team: Team | None) -> list[str]:
    """What a team must still say before it can meet, in words."""
    if team is None:
        return [_("everything")]
    needed = {
        _("who is on the team"): team.members.filter(ends=None).exists(),
        _("how we work together"): bool(team.norms),
        _("when we meet"): team.weekday is not None,
        _("who is on call"): team.on_call_id is not None,
    }
    return [words for words, said in needed.items() if not said]


@transaction.atomic
def _change(verb: str, school: School, by: User, **fields: Any) -> Team:
    team = _team(school, by)
    for name, value in fields.items():
        setattr(team, name, value)
    team.save(update_fields=list(fields))
    _keep(verb, team, by)
    return team


def _team(school: School, by: User) -> Team:
    """The school's team, locked; made when the first answer is given."""
    if school.pk not in by.standing.schools(May.RUN_TEAM):
        raise NotAllowed(_("The coordinator or the principal of the school sets up its team."))
    Team.objects.get_or_create(
        school=school, defaults={"district_id": school.district_id, "door_open": False}
    )
    team: Team = Team.objects.select_for_update().get(school=school)
    return team


def _belong(school: School, *users: User) -> None:
    wanted = {user.pk for user in users}
    if team_of(school.pk).filter(pk__in=wanted).count() != len(wanted):
        raise NotAllowed(_("Choose people who may work on referrals at this school."))


def _let_go(row: TeamMember, today: date) -> None:
    """Until yesterday; somebody named only today was never there."""
    if row.starts >= today:
        row.delete()
    else:
        row.ends = today - timedelta(days=1)
        row.save(update_fields=["ends"])


def _keep(verb: str, team: Team, by: User, **facts: object) -> None:
    record(verb, team, district_id=team.district_id, by=by, facts=facts)
