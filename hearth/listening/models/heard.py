"""Interview, statement, visit, document: what was heard, seen or read, and never by name."""

from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hearth.access.models import Membership, User
from hearth.access.permissions import May
from hearth.access.roles import ROLES, Reach
from hearth.access.visible import NOTHING, Ground, VisibleQuerySet
from hearth.audit.privacy import Privacy
from hearth.listening.models.grounds import schools_of
from hearth.listening.models.project import LONGEST, ListeningProject
from hearth.people.models.grounds import EVERY_ROW, holders
from hearth.schools.models import InSchool


def _runs_here(user: User) -> Q:
    return Q(school__in=schools_of(user, May.RUN_LISTENING))


def _runners(row: Any) -> Q:
    roles = [key for key, role in ROLES.items() if May.RUN_LISTENING in role.may]
    posts = Membership.objects.current().filter(role__in=roles, school=row.school_id)
    return Q(pk__in=posts.values("user"))


def _runs_all(user: User) -> Q:
    return EVERY_ROW if user.standing.reaches(May.RUN_LISTENING, Reach.DISTRICT) else NOTHING


class HeardQuerySet(VisibleQuerySet[Any]):
    """Words as they were said are for whoever runs the listening, and whoever wrote them down."""

    grounds: ClassVar = (
        Ground("runs", _("Your role runs the listening of this school."), _runs_here, _runners),
        Ground(
            "district",
            _("Your role covers every school of the district."),
            _runs_all,
            lambda row: holders(May.RUN_LISTENING, Reach.DISTRICT),
        ),
        Ground(
            "wrote",
            _("You wrote it down."),
            lambda user: Q(made_by=user),
            lambda row: Q(pk=row.made_by_id),
        ),
    )


class Role(models.TextChoices):
    """Who spoke, by what they are to the school. Nobody is named."""

    STUDENT = "student", _("a student")
    FAMILY = "family", _("somebody of a family")
    STAFF = "staff", _("somebody of the staff")
    PARTNER = "partner", _("a partner or a neighbor")


class Quote(models.TextChoices):
    """What the speaker allowed."""

    YES = "yes", _("yes, word for word")
    OTHER_WORDS = "other_words", _("only in other words")
    NO = "no", _("no: it is not to be quoted")


class Heard(InSchool):
    """What all four share: the project, the day, a key by which a form is sent once, the writer."""

    project = models.ForeignKey(ListeningProject, on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    on = models.DateField(_("which day"))
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = HeardQuerySet.as_manager()

    PRIVACY: ClassVar = dict.fromkeys(["project", "key", "on", "made_by"], Privacy.INTERNAL)

    class Meta:
        abstract = True


class Interview(Heard):
    """One person's stories. Which group they count themselves to, only if they said so."""

    role = models.CharField(_("who spoke"), max_length=10, choices=Role)
    group = models.CharField(_("of which group"), max_length=80, blank=True)
    language = models.CharField(_("in which language"), max_length=20, blank=True)
    quote = models.CharField(_("may it be quoted"), max_length=12, choices=Quote)
    stories = models.TextField(_("stories"), max_length=LONGEST * 2)
    needs = models.TextField(_("what would help"), max_length=LONGEST, blank=True)
    strengths = models.TextField(_("what is strong"), max_length=LONGEST, blank=True)

    PRIVACY: ClassVar = {
        **dict.fromkeys(["role", "language", "quote"], Privacy.INTERNAL),
        **dict.fromkeys(["group", "stories", "needs", "strengths"], Privacy.SENSITIVE),
    }

    class Meta:
        verbose_name = _("interview")
        verbose_name_plural = _("interviews")
        constraints = [
            models.CheckConstraint(condition=~Q(stories=""), name="interview_has_a_story")
        ]


class Statement(Heard):
    """One sentence of a forum, and how many agreed, disagreed and passed. No hand is kept."""

    words = models.CharField(_("what was said"), max_length=300)
    agree = models.PositiveSmallIntegerField(_("agreed"))
    disagree = models.PositiveSmallIntegerField(_("disagreed"))
    passed = models.PositiveSmallIntegerField(_("passed"))

    PRIVACY: ClassVar = {
        "words": Privacy.SENSITIVE,
        **dict.fromkeys(["agree", "disagree", "passed"], Privacy.INTERNAL),
    }

    class Meta:
        verbose_name = _("statement of a forum")
        verbose_name_plural = _("statements of forums")
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="statement_says_something")
        ]


class Visit(Heard):
    """A classroom visit: not for evaluation. It knows no teacher, no class and no hour."""

    minutes = models.PositiveSmallIntegerField(_("minutes"))
    seen = ArrayField(models.CharField(max_length=40), verbose_name=_("what we saw"), default=list)
    noticed = models.TextField(_("what we noticed"), max_length=LONGEST)
    wondered = models.TextField(_("what we wondered"), max_length=LONGEST, blank=True)

    PRIVACY: ClassVar = {
        **dict.fromkeys(["minutes", "seen"], Privacy.INTERNAL),
        **dict.fromkeys(["noticed", "wondered"], Privacy.SENSITIVE),
    }

    class Meta:
        verbose_name = _("classroom visit")
        verbose_name_plural = _("classroom visits")
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=240) & ~Q(noticed=""), name="visit_minutes"
            )
        ]


class Document(Heard):
    """What was read: where it is, on which page, and the words that matter."""

    title = models.CharField(_("what it is"), max_length=200)
    link = models.CharField(_("link or file name"), max_length=400, blank=True)
    place = models.CharField(_("page"), max_length=40, blank=True)
    excerpt = models.TextField(_("the words that matter"), max_length=LONGEST)

    PRIVACY: ClassVar = {
        **dict.fromkeys(["title", "link", "place"], Privacy.INTERNAL),
        "excerpt": Privacy.SENSITIVE,
    }

    class Meta:
        verbose_name = _("document that was read")
        verbose_name_plural = _("documents that were read")
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(excerpt=""), name="document_has_an_excerpt"
            )
        ]
