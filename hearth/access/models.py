"""User and membership."""

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from hearth.access.permissions import May
from hearth.access.roles import ROLES, Reach, role_choices
from hearth.access.standing import Post, Standing
from hearth.audit.history import keep_history
from hearth.audit.privacy import Privacy
from hearth.schools.models import District, Owned, School


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Somebody who can sign in. Belongs to one district and is read before the wall stands,
    so it holds nothing but an address, a name and a language, also where a student signs in."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    district = models.ForeignKey(District, on_delete=models.PROTECT)
    language = models.CharField(_("language"), max_length=10, default="en")
    is_active = models.BooleanField(default=True)
    joined = models.DateTimeField(auto_now_add=True)

    # Set on the request's user while an administrator looks through somebody else's eyes.
    viewed_by: "User | None" = None

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    PRIVACY: ClassVar = {
        "password": Privacy.SECRET,
        "last_login": Privacy.INTERNAL,
        "email": Privacy.PERSONAL,
        "name": Privacy.PERSONAL,
        "district": Privacy.INTERNAL,
        "language": Privacy.PERSONAL,
        "is_active": Privacy.INTERNAL,
        "joined": Privacy.INTERNAL,
    }

    @cached_property
    def standing(self) -> Standing:
        """The posts this user holds now; one query a request."""
        held = Membership.objects.current().filter(user=self).order_by("pk")
        return Standing(tuple(Post(*post) for post in held.values_list("role", "school_id")))

    def may(self, verb: May) -> bool:
        """Both pairs of eyes must be allowed while viewing as somebody else."""
        own = verb in self.standing.may
        return own and (self.viewed_by is None or self.viewed_by.may(verb))


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> "MembershipQuerySet":
        today = date.today()  # noqa: DTZ011 - the settings' time zone is the process's own
        return self.filter(Q(ends=None) | Q(ends__gte=today), starts__lte=today)

    def visible_to(self, user: User) -> "MembershipQuerySet":
        """Those that somebody who invites looks after: of the district, or of their own schools."""
        seen = self.filter(_looked_after(user))
        return seen.filter(_looked_after(user.viewed_by)) if user.viewed_by else seen


def _looked_after(user: User) -> Q:
    if user.standing.reaches(May.INVITE, Reach.DISTRICT):
        return Q(district__isnull=False)
    return Q(school__in=user.standing.schools(May.INVITE))


@keep_history
class Membership(Owned):
    """A user's role in a school or the district, from a day to a day."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=30, choices=role_choices)
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True)

    objects = MembershipQuerySet.as_manager()

    PRIVACY: ClassVar = dict.fromkeys(
        ["user", "role", "school", "starts", "ends"], Privacy.INTERNAL
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=list(ROLES)), name="membership_role_known"),
            models.CheckConstraint(
                condition=Q(school__isnull=False)
                | ~Q(role__in=[key for key, r in ROLES.items() if r.reach == Reach.SCHOOL]),
                name="membership_school_named",
            ),
        ]
