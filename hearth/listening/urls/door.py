"""Surveys as those who are asked see them, mounted at `say/`: no account, no session."""

from django.urls import path

from hearth.listening.views import door, quiet

app_name = "say"
urlpatterns = [
    path("<slug:district>/<uuid:key>/", door.answer, name="answer"),
    path("<slug:district>/<uuid:key>/thanks/", door.thanks, name="thanks"),
    path("<slug:district>/<uuid:key>/own/<str:ticket>/", door.own, name="own"),
    path("<slug:district>/<uuid:key>/own/<str:ticket>/quiet/", quiet.quiet, name="quiet"),
]
