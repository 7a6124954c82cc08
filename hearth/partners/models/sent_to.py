"""On what footing a partner's worker reads a referral: it was sent to that worker, and it may still
be read. Nothing else of the house is seen on it.

The same as behind the link of a letter: the worker is there, the family's yes holds, and a live
agreement allows each of these facts for this purpose.
"""

from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hearth.access.models import Membership, User
from hearth.access.permissions import May
from hearth.access.roles import ROLES
from hearth.access.visible import NOTHING, Ground
from hearth.partners.models.agreement import Agreement
from hearth.partners.models.consent import Consent
from hearth.partners.models.words import OutState

ROLES_OF_PARTNERS = [key for key, role in ROLES.items() if May.ANSWER_AS_PARTNER in role.may]


def there(today: date, path: str = "") -> Q:
    """The contact works there on that day, and so does the person who signs in as the contact."""
    return (
        Q(**{f"{path}starts__lte": today, f"{path}worker__starts__lte": today})
        & (Q(**{f"{path}ends": None}) | Q(**{f"{path}ends__gte": today}))
        & (Q(**{f"{path}worker__ends": None}) | Q(**{f"{path}worker__ends__gte": today}))
    )


def allowed(today: date) -> Q:
    """By the family and by what was signed; `may_share` and `covers` say the same of one row."""
    cleared = Q(at_school=False) | Q(insured_until__gte=today, cleared_until__gte=today)
    signed = Agreement.objects.live(today).filter(
        cleared,
        organization=OuterRef("organization"),
        elements__contains=OuterRef("elements"),
        purposes__contains=[OuterRef("consent__purpose")],
    )
    yes = Q(
        consent__answer=Consent.Answer.GIVEN,
        consent__withdrawn_at=None,
        consent__expires_on__gte=today,
        consent__elements__contains=F("elements"),
    )
    return yes & Exists(signed) & ~Q(state=OutState.WITHDRAWN)


def _rows(user: User) -> Q:
    """Those of the schools that let the worker in; of every school where the district did."""
    schools = {post.school_id for post in user.standing.posts if post.role in ROLES_OF_PARTNERS}
    if not schools:
        return NOTHING
    today = timezone.localdate()
    by_school = Q() if None in schools else Q(school__in=schools)
    mine = Q(contact__worker__person__user=user) & there(today, "contact__")
    return mine & by_school & allowed(today)


def _people(row: Any) -> Q:
    today = timezone.localdate()
    if not type(row).objects.filter(there(today, "contact__"), allowed(today), pk=row.pk).exists():
        return NOTHING
    let_in = Membership.objects.current().filter(
        Q(school=None) | Q(school=row.school_id), role__in=ROLES_OF_PARTNERS
    )
    return Q(person__partner_work__contact=row.contact_id) & Q(pk__in=let_in.values("user"))


SENT_TO: Ground[Any] = Ground(
    "sent_to", _("It was sent to you, and the family allows it."), _rows, _people
)
