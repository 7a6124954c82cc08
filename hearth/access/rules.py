"""Who may invite whom, how long a password is, when a session ends. Plain values in and out."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from hearth.access.permissions import May
from hearth.access.roles import ROLES, Reach
from hearth.access.standing import Post

# NIST SP 800-63B-4, section 3.1.1.2: 15 characters when the password stands alone, 8 when a
# second factor stands beside it. https://pages.nist.gov/800-63-4/sp800-63b.html
PASSWORD_ALONE = 15
PASSWORD_BESIDE_SECOND_FACTOR = 8

SESSION = timedelta(hours=10)
# However often a session is prolonged, after a day the person shows again who they are.
SESSION_AT_MOST = timedelta(hours=24)

# Nobody gives what they do not hold themselves.
LEADING = frozenset(
    {
        May.INVITE,
        May.VIEW_AS,
        May.SEE_AUDIT,
        May.SEE_IDENTITY,
        May.SEE_HEALTH,
        May.IMPORT_FILES,
        May.MERGE_PEOPLE,
    }
)
# Who reads private notes is chosen by those who see the record of who looked.
CHOSEN_BY = {May.READ_RESTRICTED: May.SEE_AUDIT}

WITH_SCHOOL = frozenset({Reach.SCHOOL, Reach.CASELOAD, Reach.OWN_CHILD, Reach.OWN_SELF})


class NotAllowed(Exception):
    """The rule says no; the text says so to the person."""


def shortest_password(*, second_factor: bool) -> int:
    return PASSWORD_BESIDE_SECOND_FACTOR if second_factor else PASSWORD_ALONE


def may_invite(posts: Iterable[Post], *, role: str, school_id: int | None) -> bool:
    """May somebody who holds `posts` give `role` at `school_id` (None: the whole district)?"""
    return any(_post_may_invite(post, role, school_id) for post in posts)


def _post_may_invite(post: Post, role: str, school_id: int | None) -> bool:
    own, given = ROLES[post.role], ROLES[role]
    if May.INVITE not in own.may or not place_fits(role, school_id):
        return False
    if own.reach == Reach.DISTRICT:
        return True  # the widest there is
    if school_id is None or school_id != post.school_id or given.reach == Reach.DISTRICT:
        return False
    needed = (given.may & LEADING) | {CHOSEN_BY[verb] for verb in given.may if verb in CHOSEN_BY}
    return needed <= own.may


def place_fits(role: str, school_id: int | None) -> bool:
    """A district's role names no school; a school's role names one; a partner's may."""
    reach = ROLES[role].reach
    if reach == Reach.DISTRICT:
        return school_id is None
    return school_id is not None or reach not in WITH_SCHOOL


def session_ends(*, now: datetime, began: datetime) -> datetime:
    """Ten hours from now, and never later than a day after signing in."""
    return min(now + SESSION, began + SESSION_AT_MOST)
