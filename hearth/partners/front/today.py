"""What waits with partners, for Today: which agreements and which money come to an end, who has not
answered, and what a family is asked."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Greatest, TruncDate
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.written import written_once
from hearth.audit.models import Look
from hearth.partners.models import Agreement, Consent, Funding, OutStep, ReferralOut
from hearth.partners.models.words import Met, OutState
from hearth.partners.reading.ends import WHAT_ENDS
from hearth.partners.rules.agreement import Terms, days_of, reminders
from hearth.partners.rules.funding import warned_until
from hearth.people.models import Person

AT_MOST = 10


@dataclass(frozen=True)
class Ending:
    """One day of one agreement, or the last of a source of money."""

    url: str
    organization: str
    what: str
    day: date


@dataclass(frozen=True)
class Silent:
    """One referral to a partner that is past its day. `call` says that they were asked twice."""

    url: str
    student: str
    service: str
    day: date
    call: bool


@dataclass(frozen=True)
class CameBack:
    """A partner answered or said a word, or the family said whether it may be sent or whether it
    helped; and the user has not opened it since."""

    url: str
    student: str
    service: str
    day: date
    stands: str


@dataclass(frozen=True)
class Waiting:
    endings: list[Ending] = field(default_factory=list)
    silent: list[Silent] = field(default_factory=list)
    money: list[Ending] = field(default_factory=list)
    came_back: list[CameBack] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.endings or self.silent or self.money or self.came_back)


def waiting_with_partners(user: User, today: date) -> Waiting:
    """All in one query, and none for whoever keeps nothing and is on no team."""
    if not any(map(user.may, (May.KEEP_AGREEMENTS, May.SEE_REFERRALS, May.KEEP_FUNDING))):
        return Waiting()
    until = today + timedelta(days=max(reminders(today), default=0))
    found = _all(user, today, until, warned_until(today))
    rows = sorted(found, key=lambda row: (row["day"], row["pk"]))
    ends = [one for row in rows if row["what"] == AGREEMENT for one in _endings(row, until)]
    return Waiting(
        endings=sorted(ends, key=lambda one: (one.day, one.organization))[:AT_MOST],
        silent=[_silent(row) for row in rows if row["what"] == REFERRAL],
        money=[_money(row) for row in rows if row["what"] == MONEY],
        came_back=[BACK[row["what"]](row) for row in reversed(rows) if row["what"] in BACK][
            :AT_MOST
        ],
    )


AGREEMENT, REFERRAL, MONEY, ANSWERED, MAY = "agreement", "referral", "money", "answered", "may"
BACK_AGAIN = "back"
LATELY = timedelta(days=14)
"""What nobody has opened after so long is in the list of all, and no news any more."""


@written_once
def _all(user: User, today: date, until: date, warned: date) -> QuerySet[Any, dict[str, Any]]:
    """Put in order by whoever reads it: where one part is nobody's, the others may have no second
    order around them."""
    found: QuerySet[Any, dict[str, Any]] = _late(user, today).union(
        _near(user, today, until),
        _money_ends(user, warned),
        _came_back(user, today),
        _may_send(user, today),
        all=True,
    )
    return found


def _money_ends(user: User, warned: date) -> Any:
    none = Cast(Value(None), DateField())
    return _shaped(
        Funding.objects.ending_under(user, warned), what=Value(MONEY), day=F("ends"),
        called=F("name"), insured=none, cleared=none,
        flag=Cast(Value(None), BooleanField()), **NOBODY,
    )  # fmt: skip


def _money(row: dict[str, Any]) -> Ending:
    return Ending(reverse("funding:source", args=[row["pk"]]), row["called"], "", row["day"])


def _near(user: User, today: date, until: date) -> Any:
    rows = Agreement.objects.visible_to(user).with_days_to_come(today, until)
    return _shaped(
        rows, what=Value(AGREEMENT), day=F("expires"), called=F("organization__name"),
        insured=F("insured_until"), cleared=F("cleared_until"), flag=F("at_school"), **NOBODY,
    )  # fmt: skip


def _came_back(user: User, today: date) -> Any:
    """The last word of the partner, or of the family, that this user has not looked at."""
    rows = ReferralOut.objects.where_team_may(user, May.SEE_REFERRALS)
    said = OutStep.objects.filter(referral=OuterRef("pk"), contact__isnull=False)
    heard = Greatest(Subquery(said.order_by("-at").values("at")[:1]), F("met_at"))
    fresh = rows.exclude(state=OutState.WITHDRAWN).annotate(heard=heard)
    return _news(
        fresh, user, today, what=Value(ANSWERED), called=F("service__name"), stands=F("state"),
        word=F("met"),
    )  # fmt: skip


def _may_send(user: User, today: date) -> Any:
    """The family's own answer before anything was sent, or that it took a yes back, which this
    user has not looked at. What somebody of the school wrote down is known there."""
    rows = Consent.objects.where_team_may(user, May.SEE_REFERRALS)
    sent = ReferralOut.objects.filter(consent=OuterRef("pk"))
    answered = Q(withdrawn_at=None, written_by=None) & ~Exists(sent)
    fresh = rows.filter(answered | Q(withdrawn_at__isnull=False)).exclude(withdrawn_by=user.pk)
    return _news(
        fresh.annotate(heard=Coalesce("withdrawn_at", "answered_at")), user, today,
        what=Value(MAY), called=F("organization__name"), stands=F("answer"),
        word=Case(When(withdrawn_at__isnull=False, then=Value(BACK_AGAIN)), default=Value("")),
    )  # fmt: skip


def _news(
    fresh: Any, user: User, today: date, *, what: Any, called: Any, stands: Any, word: Any
) -> Any:
    """Of rows that were `heard` of lately, those that the user has not opened since."""
    seen = Look.objects.filter(
        district_id=OuterRef("district_id"), student_id=OuterRef("student_id"), by=user.pk,
        about=fresh.model._meta.label_lower, about_id=OuterRef("pk"), at__gt=OuterRef("heard"),
    )  # fmt: skip
    none = Cast(Value(None), DateField())
    return _shaped(
        fresh.filter(heard__date__gte=today - LATELY).exclude(Exists(seen)),
        what=what, day=TruncDate("heard"), called=called, insured=none, cleared=none,
        flag=Cast(Value(None), BooleanField()), **NAMES, call=none, stands=stands, word=word,
        order="-heard",
    )  # fmt: skip


def _late(user: User, today: date) -> Any:
    rows = ReferralOut.objects.where_team_may(user, May.SEE_REFERRALS).open()
    none = Cast(Value(None), DateField())
    return _shaped(
        rows.filter(due_on__lt=today).exclude(state=OutState.SERVED),
        what=Value(REFERRAL), day=F("due_on"), called=F("service__name"),
        insured=none, cleared=none, flag=Cast(Value(None), BooleanField()), **NAMES,
        call=F("handed_back_on"), **NOTHING,
    )  # fmt: skip


NOTHING: dict[str, Any] = {"stands": Value(""), "word": Value("")}
PARTS = ("given_name", "family_name", "preferred_name")
NAMES: dict[str, Any] = {f"n{i}": F(f"student__person__{part}") for i, part in enumerate(PARTS)}
NOBODY: dict[str, Any] = {
    **{f"n{i}": Value("") for i in range(len(PARTS))},
    "call": Cast(Value(None), DateField()),
    **NOTHING,
}


def _shaped(rows: Any, *, day: Any, order: str = "", **columns: Any) -> Any:
    """Rows of two tables side by side, as many of each as a list holds."""
    return rows.order_by(order or day.name, "pk").values("pk", day=day, **columns)[:AT_MOST]


def _endings(row: dict[str, Any], until: date) -> list[Ending]:
    terms = Terms(
        kind="", starts=row["day"], expires=row["day"], at_school=row["flag"],
        insured_until=row["insured"], cleared_until=row["cleared"],
    )  # fmt: skip
    url = reverse("partners:agreement", args=[row["pk"]])
    return [
        Ending(url, row["called"], str(WHAT_ENDS[what]), day)
        for what, day in days_of(terms)
        if day <= until
    ]


def _silent(row: dict[str, Any]) -> Silent:
    named = {part: row[f"n{i}"] for i, part in enumerate(PARTS)}
    url = reverse("out:referral", args=[row["pk"]])
    return Silent(url, Person(**named).called, row["called"], row["day"], row["call"] is not None)


def _back(row: dict[str, Any]) -> CameBack:
    met = _("The family says:") + f" {Met(row['word']).label}" if row["word"] else ""
    return _came(row, "out:referral", met or _stands(row["stands"]))


def _may(row: dict[str, Any]) -> CameBack:
    if row["word"] == BACK_AGAIN:
        return _came(row, "out:consent", _("The family has taken its yes back."))
    if row["stands"] == Consent.Answer.GIVEN:
        return _came(row, "out:consent", _("The family says yes. It can be sent now."))
    return _came(row, "out:consent", _("The family says no to sharing."))


def _came(row: dict[str, Any], to: str, words: str) -> CameBack:
    named = {part: row[f"n{i}"] for i, part in enumerate(PARTS)}
    student = Person(**named).called
    return CameBack(reverse(to, args=[row["pk"]]), student, row["called"], row["day"], words)


BACK = {ANSWERED: _back, MAY: _may}


def _stands(state: str) -> str:
    """What is still as it was sent has come back as a word."""
    return capfirst(
        str(_("A word, no answer yet") if state == OutState.SENT else OutState(state).label)
    )


def waiting_for_worker(user: User) -> int:
    """How many were sent to this partner's worker and not answered yet; nobody by name."""
    if not user.may(May.ANSWER_AS_PARTNER):
        return 0
    found: int = ReferralOut.objects.visible_to(user).filter(state=OutState.SENT).count()
    return found


@dataclass(frozen=True)
class Question:
    """Something that the school asks this adult of the family."""

    url: str
    partner: str
    day: date


def asked_of(user: User) -> list[Question]:
    """What waits for this adult's yes or no; one query."""
    rows = Consent.objects.visible_to(user).waiting().filter(adult__person__user=user)
    found = rows.order_by("-asked_at", "pk").values_list(
        "student", "organization__name", "asked_at__date"
    )
    return [
        Question(reverse("out:at_home", args=[student]), partner, day)
        for student, partner, day in found[:AT_MOST]
    ]
