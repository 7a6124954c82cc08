"""Two clocks of the law that run beside the team's work and never wait for it."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Case, F, Q, QuerySet, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hearth.access.models import Membership, User
from hearth.access.permissions import May
from hearth.access.roles import Reach
from hearth.access.visible import NOTHING, Ground, VisibleQuerySet
from hearth.audit.history import keep_history
from hearth.audit.privacy import Privacy
from hearth.people.models import Student
from hearth.people.models.grounds import holders
from hearth.people.models.team import TEAM, family_of, own_children
from hearth.people.models.through import through_student
from hearth.schools.models import InSchool, Owned
from hearth.supports.models.door import HelpRequest
from hearth.supports.models.referral import Referral
from hearth.supports.rules import legal as rules

RUNS_NOW = Case(
    When(finished_on__isnull=False, then=None),
    When(evaluation_due_on__isnull=False, then=F("evaluation_due_on")),
    When(plan_given_on=None, then=F("plan_due_on")),
    output_field=models.DateField(),
)


def owners_at(school_id: int) -> QuerySet[User]:
    """Who may look after a request at a school: its case managers and its support team."""
    managers = Membership.objects.current().filter(role="case_manager", school=school_id)
    team = holders(May.WORK_REFERRALS, Reach.SCHOOL, school=school_id)
    users = User.objects.filter(Q(pk__in=managers.values("user")) | team, is_active=True)
    return users.order_by("name", "pk")


def owners_for(student: Student) -> QuerySet[User]:
    """The same for one student: at home one is family, and looks after no request of one's own."""
    return owners_at(student.school_id).exclude(family_of(student.pk))


class AssessmentQuerySet(VisibleQuerySet[Any]):
    grounds: ClassVar = (
        TEAM,
        Ground(
            "owner",
            _("You look after this request for an assessment."),
            lambda user: Q(owner=user),
            lambda row: Q(pk=row.owner_id),
        ),
        Ground(
            "asked",
            _("You wrote this request for an assessment down."),
            lambda user: Q(written_by=user),
            lambda row: Q(pk=row.written_by_id) if row.written_by_id else NOTHING,
        ),
        through_student("child"),
    )

    def where_may_work(self, user: User) -> Self:
        """Its owner, or somebody on the support team of the school the student goes to."""
        of_team = Q(student__school__in=user.standing.schools(May.WORK_REFERRALS))
        return self.visible_to(user).filter(Q(owner=user) | (TEAM.rows(user) & of_team))

    def read_whole_by(self, user: User) -> Self:
        """Those of which the user reads everything; whoever only wrote one down reads the dates."""
        whole = [ground.rows(user) for ground in self.grounds if ground.key != "asked"]
        return self.visible_to(user).filter(whole[0] | whole[1] | whole[2])

    def open(self) -> Self:
        return self.filter(finished_on=None)

    def late(self, today: date) -> Self:
        return self.annotate(runs_now=RUNS_NOW).filter(runs_now__lt=today)

    def due_first(self) -> Self:
        """The date that runs now, the nearest first; then what waits for the family; then done."""
        return self.annotate(runs_now=RUNS_NOW).order_by(
            F("runs_now").asc(nulls_last=True), F("finished_on").desc(nulls_first=True), "-pk"
        )

    def with_people(self) -> Self:
        return self.select_related("student__person", "student__school", "school", "owner")


@keep_history
class AssessmentRequest(InSchool):
    """Somebody asked for a special education assessment or a 504 plan. The law's clock starts on
    the day it was asked, in parallel to everything the team does."""

    class Kind(models.TextChoices):
        SPECIAL_EDUCATION = "special_education", _("special education assessment")
        SECTION_504 = "section_504", _("504 plan")

    class Outcome(models.TextChoices):
        ELIGIBLE = "eligible", _("a plan is in place")
        NOT_ELIGIBLE = "not_eligible", _("no plan; the family was told why in writing")
        DECLINED = "declined", _("the district declined in writing, with its reasons")
        WITHDRAWN = "withdrawn", _("the family took it back")

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="assessments")
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, null=True, related_name="assessments"
    )
    request = models.ForeignKey(
        HelpRequest, on_delete=models.PROTECT, null=True, related_name="assessments"
    )
    kind = models.CharField(max_length=20, choices=Kind)
    asked_on = models.DateField(_("asked on"))
    words = models.TextField(_("in whose words"))
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # Said aloud counts as much as a letter; staff then offer help to put it in writing.
    said_aloud = models.BooleanField(_("said aloud"), default=False)
    help_offered_on = models.DateField(_("help to write it offered on"), null=True)
    plan_due_on = models.DateField(_("assessment plan due on"))
    plan_given_on = models.DateField(_("assessment plan given on"), null=True)
    consent_on = models.DateField(_("consent given on"), null=True)
    evaluation_due_on = models.DateField(_("evaluation due on"), null=True)
    finished_on = models.DateField(_("finished on"), null=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    outcome_words = models.TextField(_("what was decided"), blank=True)

    objects = AssessmentQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(["words", "outcome", "outcome_words", "kind"], Privacy.SENSITIVE),
        **dict.fromkeys(
            ["student", "referral", "request", "written_by", "owner"], Privacy.PERSONAL
        ),
        **dict.fromkeys(
            ["asked_on", "said_aloud", "help_offered_on", "plan_due_on", "plan_given_on",
             "consent_on", "evaluation_due_on", "finished_on"],
            Privacy.INTERNAL,
        ),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["student", "kind"],
                condition=Q(finished_on=None),
                name="one_open_assessment_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(plan_due_on__gte=F("asked_on")), name="assessment_due_after_asked"
            ),
            models.CheckConstraint(
                condition=Q(consent_on=None, evaluation_due_on=None)
                | Q(consent_on__isnull=False, evaluation_due_on__isnull=False),
                name="assessment_evaluation_runs_from_consent",
            ),
            models.CheckConstraint(
                condition=Q(finished_on=None, outcome="")
                | (Q(finished_on__isnull=False) & ~Q(outcome="")),
                name="assessment_finished_with_outcome",
            ),
        ]

    @property
    def due_on(self) -> Any:
        """The date that runs now: the plan's, then the evaluation's; None while neither does."""
        if self.finished_on:
            return None
        if self.evaluation_due_on:
            return self.evaluation_due_on
        return None if self.plan_given_on else self.plan_due_on

    def get_absolute_url(self) -> str:
        return reverse("supports:assessment", args=[self.pk])


class MoreTime(Owned):
    """The family agreed that a date of the law may be later: until when, who, why, and whether on
    paper. A row stays as it was written; a mistake is mended by another one."""

    class Clock(models.TextChoices):
        PLAN = "plan", _("assessment plan")
        EVALUATION = "evaluation", _("evaluation")

    assessment = models.ForeignKey(
        AssessmentRequest, on_delete=models.PROTECT, related_name="more_time"
    )
    clock = models.CharField(max_length=20, choices=Clock)
    agreed_on = models.DateField(_("agreed on"))
    until = models.DateField(_("until"))
    who = models.CharField(_("who of the family"), max_length=200)
    why = models.TextField(_("why"))
    in_writing = models.BooleanField(_("in writing"))
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    PRIVACY: ClassVar = {
        **dict.fromkeys(["assessment", "clock", "agreed_on", "until", "in_writing", "at"],
                        Privacy.INTERNAL),
        **dict.fromkeys(["who", "written_by"], Privacy.PERSONAL),
        "why": Privacy.SENSITIVE,
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(clock__in=["plan", "evaluation"]), name="more_time_clock_known"
            ),
            models.CheckConstraint(
                condition=~Q(who="") & ~Q(why=""), name="more_time_with_who_and_why"
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("agreed_on")), name="more_time_is_ahead"
            ),
        ]

    @property
    def plain(self) -> rules.MoreTime:
        return rules.MoreTime(self.agreed_on, self.until, self.in_writing)


class InsteadQuerySet(VisibleQuerySet[Any]):
    grounds: ClassVar = (
        Ground(
            "administrator",
            _("You lead this school."),
            lambda user: Q(school__in=user.standing.schools(May.DOCUMENT_INSTEAD)),
            lambda row: holders(May.DOCUMENT_INSTEAD, Reach.SCHOOL, school=row.school_id),
        ),
        Ground(
            "employee",
            _("You asked for support instead of discipline."),
            lambda user: Q(employee=user),
            lambda row: Q(pk=row.employee_id),
        ),
        through_student("child"),
    )

    def where_may_document(self, user: User) -> Self:
        """Those an administrator answers for; for one's own child somebody else does."""
        led = Q(school__in=user.standing.schools(May.DOCUMENT_INSTEAD))
        return self.visible_to(user).filter(led).exclude(student__in=own_children(user))

    def seen_at_work(self, user: User) -> Self:
        """What the user asked themselves, and what the schools they lead were asked."""
        led = Q(school__in=user.standing.schools(May.DOCUMENT_INSTEAD))
        return self.visible_to(user).filter(led | Q(employee=user))

    def open(self) -> Self:
        return self.filter(told_at=None)

    def late(self, today: date) -> Self:
        return self.open().filter(due_on__lt=today)

    def due_first(self) -> Self:
        return self.order_by(F("told_at").desc(nulls_first=True), "due_on", "-pk")

    def with_people(self) -> Self:
        return self.select_related("student__person", "school", "employee", "administrator")


@keep_history
class InsteadOfDiscipline(InSchool):
    """An employee asks an administrator for supports instead of discipline; what was done is
    documented, and the employee told, within the days the law gives (SB 274)."""

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="+")
    employee = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    strength = models.TextField(_("what is going well"))
    happened = models.TextField(_("what happened"))
    hoped = models.TextField(_("which support might help"), blank=True)
    nonce = models.UUIDField()
    asked_at = models.DateTimeField(auto_now_add=True)
    due_on = models.DateField(_("to be documented by"))
    administrator = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    action = models.TextField(_("what was done"), blank=True)
    documented_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, null=True, related_name="+")

    objects = InsteadQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(["strength", "happened", "hoped", "action"], Privacy.SENSITIVE),
        **dict.fromkeys(["student", "employee", "administrator", "referral"], Privacy.PERSONAL),
        **dict.fromkeys(
            ["nonce", "asked_at", "due_on", "documented_at", "told_at"], Privacy.INTERNAL
        ),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employee", "nonce"], name="instead_sent_once"),
            models.CheckConstraint(
                condition=~Q(strength="") & ~Q(happened=""), name="instead_strength_and_what"
            ),
            models.CheckConstraint(
                condition=Q(documented_at=None, action="", administrator=None)
                | (Q(documented_at__isnull=False, administrator__isnull=False) & ~Q(action="")),
                name="instead_documented_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(told_at=None) | Q(documented_at__isnull=False),
                name="instead_told_after_documented",
            ),
        ]
        indexes = [
            models.Index(
                fields=["school", "due_on"], condition=Q(told_at=None), name="instead_open"
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("supports:instead", args=[self.pk])
