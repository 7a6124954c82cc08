"""Write what a student loves and is good at."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.kit.notices import tell
from hearth.people import actions
from hearth.people.forms import StrengthsForm
from hearth.people.models import Student


@page(May.SEE_STUDENTS, methods=("GET", "POST"))
def strengths(request: PageRequest, pk: int) -> HttpResponse:
    """What goes well? For those who know the student from their work."""
    known = Student.objects.seen_by_post(request.user).current().select_related("person")
    student = get_object_or_404(known, pk=pk)
    form = StrengthsForm(request.POST or None, initial={"strengths": student.strengths})
    if request.method == "POST" and form.is_valid():
        actions.write_strengths(student=student, by=request.user, **form.cleaned_data)
        tell(request, _("Thank you. It stands first on the student's page now."))
        return redirect(student)
    return render(request, "people/strengths.html", {"student": student, "form": form})
