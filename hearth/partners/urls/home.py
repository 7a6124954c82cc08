"""What a family answers by a link and without an account, mounted at `family/`."""

from django.urls import path

from hearth.partners.views import family

app_name = "consent"
urlpatterns = [
    path("<slug:district>/<uuid:key>/", family.ask, name="ask"),
    path("<slug:district>/met/<uuid:key>/", family.met, name="met"),
]
