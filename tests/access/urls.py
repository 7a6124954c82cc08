"""The house's addresses, and a few pages that only try the gate."""

from django.http import HttpResponse
from django.urls import path

from hearth.access.gate import page, public_page
from hearth.access.models import Membership, User
from hearth.access.permissions import May
from hearth.people.models import Student
from hearth.schools.models import School
from hearth.web import urls as house


@page(May.SIGN_IN)
def writes_while_reading(request):
    User.objects.filter(pk=request.user.pk).update(name="Somebody Else")
    return HttpResponse("written")


@page(May.SEE_STUDENTS)
def counts_students(request):
    return HttpResponse(str(Student.objects.visible_to(request.user).count()))


def without_a_gate(request):
    return HttpResponse(f"{Student.objects.count()} {Membership.objects.count()}")


@public_page()
def public_schools(request, district):
    return HttpResponse(",".join(School.objects.values_list("name", flat=True)))


@page(May.SIGN_IN, methods=("POST",))
def acts(request):
    return HttpResponse("done")


urlpatterns = [
    *house.urlpatterns,
    path("trial/writes", writes_while_reading),
    path("trial/students", counts_students),
    path("trial/no-gate", without_a_gate),
    path("trial/acts", acts),
    path("trial/<slug:district>/schools", public_schools),
]
