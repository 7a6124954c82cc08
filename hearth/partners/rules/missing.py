"""What became of a need that a partner was asked for, as plain values.

A need is still open where the family says so, or where no partner took it. What is on its way is
not open yet, and what the family did not want is theirs to leave.
"""

from datetime import date

MET, PARTLY, NOT_MET = "met", "partly", "not_met"
NO_ANSWER, NO_CAPACITY = "no_answer", "no_capacity"
NOT_ELIGIBLE, NOT_TAKEN = "not_eligible", "not_taken"
WAITING, UNDER_WAY, LINKED = "waiting", "under_way", "linked"
FAMILY_DECLINED, TAKEN_BACK = "family_declined", "taken_back"

FAMILY_SAYS = {"yes": MET, "partly": PARTLY, "no": NOT_MET}
STILL_OPEN = (NO_ANSWER, NO_CAPACITY, NOT_ELIGIBLE, NOT_TAKEN, NOT_MET, PARTLY)
WHY_NOT = {
    "family_said_no": FAMILY_DECLINED, "no_place": NO_CAPACITY, "no_language": NO_CAPACITY,
    "not_for_them": NOT_ELIGIBLE,
}  # fmt: skip


def standing_of(
    *, state: str, declined_because: str, met: str, due_on: date | None, today: date
) -> str:
    """The family's word goes before everything; then the partner's; then the clock's."""
    if met:
        return FAMILY_SAYS[met]
    if state == "declined":
        return WHY_NOT.get(declined_because, NOT_TAKEN)
    if state == "sent":
        return NO_ANSWER if due_on is not None and due_on < today else UNDER_WAY
    return {
        "accepted": UNDER_WAY, "waiting": WAITING, "served": LINKED, "ended": LINKED,
        "withdrawn": TAKEN_BACK,
    }[state]  # fmt: skip
