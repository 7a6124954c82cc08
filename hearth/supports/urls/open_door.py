"""The school's open door, mounted at `ask/`: for everybody, with no account."""

from django.urls import path

from hearth.supports.views import public_door

app_name = "door"
urlpatterns = [
    path("<slug:district>/<slug:school>/", public_door.ask, name="ask"),
    path("<slug:district>/<slug:school>/<uuid:key>/", public_door.told, name="told"),
]
