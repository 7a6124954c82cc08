"""One student found by the whole name or the number, by staff who otherwise see no students.

The law lets any employee ask. What they find is a name and a grade; each look-up is kept; and the
key that leads from the name to the form is theirs alone, so that no number can be tried.
"""

from datetime import timedelta

from django.core import signing
from django.utils import timezone

from hearth.access.gate import PageRequest, looked
from hearth.access.permissions import May
from hearth.audit.models import Look
from hearth.people.models import Student

PAGE = "found to ask"
WHY = "Looked up by the whole name or the number, to ask for support."
AN_HOUR, AT_MOST = timedelta(hours=1), 20
KEY = signing.TimestampSigner(salt="supports.found")
HOLDS = timedelta(hours=10)  # as long as one is signed in


def may_find(request: PageRequest) -> bool:
    """Those who see students choose among them."""
    return request.user.may(May.FIND_TO_ASK) and not request.user.may(May.SEE_STUDENTS)


def too_often(request: PageRequest) -> bool:
    since = timezone.now() - AN_HOUR
    return Look.objects.filter(by=request.user.pk, page=PAGE, at__gte=since).count() >= AT_MOST


def look_up(request: PageRequest, typed: str) -> list[Student]:
    """Each with the `key` that opens the form; that somebody looked is kept, also for nobody."""
    found: list[Student] = Student.objects.found_to_ask(request.user, typed)
    for student in found:
        student.key = KEY.sign(_pair(request, student.pk))  # type: ignore[attr-defined]
        looked(request, student, page=PAGE, why=WHY, student_id=student.pk)
    if not found:
        looked(request, request.user, page=PAGE, why="Nobody found.", student_id=None)
    return found


def found_before(request: PageRequest, pk: int) -> Student | None:
    """The student to whom this key was given, if the reader may still find them."""
    try:
        pair = KEY.unsign(request.GET.get("found", ""), max_age=HOLDS)
    except signing.BadSignature:
        return None
    schools = request.user.standing.schools(May.FIND_TO_ASK)
    if not may_find(request) or pair != _pair(request, pk):
        return None
    here = Student.objects.current().filter(school__in=schools)
    return here.select_related("person", "school").filter(pk=pk).first()


def _pair(request: PageRequest, pk: int) -> str:
    return f"{request.user.pk}:{pk}"
