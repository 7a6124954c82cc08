"""The verbs of this room, one file per noun; those of a referral are said without its file."""

from hearth.supports.actions.referral import (
    answer_referrer,
    ask_for_support,
    assign,
    begin_assessing,
    begin_monitoring,
    close,
    confirm_first_service,
    hand_over_school,
    hand_to_safety,
    not_open,
    note_answer_read,
    put_on_waiting_list,
    refer_to_service,
    set_plan,
    triage,
    write_note,
)

__all__ = [
    "answer_referrer",
    "ask_for_support",
    "assign",
    "begin_assessing",
    "begin_monitoring",
    "close",
    "confirm_first_service",
    "hand_over_school",
    "hand_to_safety",
    "not_open",
    "note_answer_read",
    "put_on_waiting_list",
    "refer_to_service",
    "set_plan",
    "triage",
    "write_note",
]
