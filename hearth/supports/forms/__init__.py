"""What one person writes in this room, read and checked, one file per noun.

Fields carry the names of the actions' own arguments, so that `cleaned_data` is what the action
takes."""

from hearth.supports.forms.board import BoardFilter
from hearth.supports.forms.referral import (
    AnswerForm,
    AskForm,
    CloseForm,
    FirstServiceForm,
    NoteForm,
    OwnerForm,
    PlanForm,
    SafetyForm,
    ServiceForm,
    StepForm,
    TriageForm,
    WaitingListForm,
)

__all__ = [
    "AnswerForm",
    "AskForm",
    "BoardFilter",
    "CloseForm",
    "FirstServiceForm",
    "NoteForm",
    "OwnerForm",
    "PlanForm",
    "SafetyForm",
    "ServiceForm",
    "StepForm",
    "TriageForm",
    "WaitingListForm",
]
