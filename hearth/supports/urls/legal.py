"""Requests for an assessment, and supports instead of discipline."""

from django.urls import path

from hearth.supports.views import assessment, instead, moving

urlpatterns = [
    path("<int:pk>/hand-over/", moving.hand_over, name="hand_over"),
    path("assessments/", assessment.assessments, name="assessments"),
    path("assessments/new/", assessment.new_assessment, name="new_assessment"),
    path("assessments/<int:pk>/", assessment.assessment, name="assessment"),
    path("assessments/<int:pk>/who-can-see/", assessment.assessment_who, name="assessment_who"),
    path(
        "assessments/<int:pk>/steps/<slug:key>/",
        assessment.assessment_step,
        name="assessment_step",
    ),
    path("instead/", instead.instead_list, name="insteads"),
    path("instead/new/", instead.new_instead, name="new_instead"),
    path("instead/<int:pk>/", instead.instead, name="instead"),
    path("instead/<int:pk>/who-can-see/", instead.instead_who, name="instead_who"),
    path("instead/<int:pk>/done/", instead.document_instead, name="document_instead"),
    path("instead/<int:pk>/team/", instead.bring_instead, name="bring_instead"),
]
