"""What became of a need that a partner was asked for, as plain values.

A need is still open where the family says so, or where no partner took it. What is on its way is
not open yet, and what the family did not want is theirs to leave.
"""

from datetime import date

MET, PARTLY, NOT_MET = "met", "partly", "not_met"
NO_ANSWER, NO_CAPACITY, NOT_TAKEN = "no_answer", "no_capacity", "not_taken"
WAITING, UNDER_WAY, LINKED = "waiting", "under_way", "linked"
FAMILY_DECLINED, TAKEN_BACK = "family_declined", "taken_back"

FAMILY_SAYS = {"yes": MET, "partly": PARTLY, "no": NOT_MET}
NO_ROOM = ("no_place", "no_language")
STILL_OPEN = (NO_ANSWER, NO_CAPACITY, NOT_TAKEN, NOT_MET, PARTLY)


def standing_of(
    *, state: str, declined_because: str, met: str, due_on: date | None, today: date
) -> str:
    """The family's word goes before everything; then the partner's; then the clock's."""
    if met:
        return FAMILY_SAYS[met]
    if state == "declined":
        if declined_because == "family_said_no":
            return FAMILY_DECLINED
        return NO_CAPACITY if declined_because in NO_ROOM else NOT_TAKEN
    if state == "sent":
        return NO_ANSWER if due_on is not None and due_on < today else UNDER_WAY
    return {
        "accepted": UNDER_WAY, "waiting": WAITING, "served": LINKED, "ended": LINKED,
        "withdrawn": TAKEN_BACK,
    }[state]  # fmt: skip
