"""The steps a referral can take, as a page offers them: the button, the question, the form."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.supports import actions, forms, rules
from hearth.supports.models import Referral, State


@dataclass(frozen=True)
class Step:
    """One verb of the room. `only_from` tells apart two verbs that lead to the same state."""

    key: str
    to: State
    button: Promise
    question: Promise
    form: type[forms.StepForm]
    act: Callable[..., None]
    explain: Promise | str = ""
    only_from: str = ""
    verb: May = May.WORK_REFERRALS

    def is_open(self, referral: Referral) -> bool:
        right_start = not self.only_from or referral.state == self.only_from
        return right_start and rules.may_follow(referral.state, self.to)


# The first open one is the page's main action, so they stand in the order one hopes for.
STEPS = (
    Step(
        "triage", State.TRIAGED, _("Take it up"), _("What did the team see in it?"),
        forms.TriageForm, actions.triage, verb=May.TRIAGE,
    ),
    Step(
        "assign", State.ASSIGNED, _("Choose an owner"), _("Who looks after it from now on?"),
        forms.OwnerForm, actions.assign,
        explain=_("One person sees it through. Everybody on the team can help."),
        only_from=State.TRIAGED, verb=May.TRIAGE,
    ),
    Step(
        "reopen", State.ASSIGNED, _("Open it again"), _("Who looks after it this time?"),
        forms.OwnerForm, actions.assign,
        explain=_("Nothing that was written before is lost."),
        only_from=State.CLOSED, verb=May.TRIAGE,
    ),
    Step(
        "assess", State.ASSESSING, _("Start getting to know"), _("How will you get to know more?"),
        forms.StepForm, actions.begin_assessing,
        explain=_("Talk with the student and the family first; then with those who teach them."),
    ),
    Step(
        "link", State.LINKED, _("Confirm the first service"), _("Has the service begun?"),
        forms.FirstServiceForm, actions.confirm_first_service,
        explain=_("Only now is the student linked. Until then it is a hope."),
    ),
    Step(
        "refer", State.REFERRED, _("Refer to a service"), _("Which service is asked to help?"),
        forms.ServiceForm, actions.refer_to_service,
        explain=_("The student is linked when the first service has taken place."),
    ),
    Step(
        "check-in", State.MONITORING, _("Start checking in"), _("Is it helping?"),
        forms.StepForm, actions.begin_monitoring,
        explain=_("We look again in six weeks of school."),
    ),
    Step(
        "plan", State.PLANNED, _("Write the plan"), _("What will be done?"),
        forms.PlanForm, actions.set_plan,
    ),
    Step(
        "wait", State.WAITLISTED, _("Put on the waiting list"), _("When will you ask again?"),
        forms.WaitingListForm, actions.put_on_waiting_list,
        explain=_("A waiting list is neither yes nor no. Somebody keeps asking."),
    ),
    Step(
        "safety", State.SAFETY, _("Somebody may not be safe"), _("What makes you think so?"),
        forms.SafetyForm, actions.hand_to_safety,
        explain=_("The person on call is sent for at once, and it leaves the list. In danger, call "
                  "911 first."),
    ),
    Step(
        "close", State.CLOSED, _("Close it"), _("Why is it done?"),
        forms.CloseForm, actions.close,
        explain=_("Nothing is erased, and it can be opened again."),
    ),
)  # fmt: skip
BY_KEY = {step.key: step for step in STEPS}


def open_steps(referral: Referral, user: User) -> list[Step]:
    """What this user may do with this referral now, the hoped-for step first."""
    return [
        step
        for step in STEPS
        if step.is_open(referral) and referral.school_id in user.standing.schools(step.verb)
    ]
