"""The same for a program, mounted at `api/`."""

from django.urls import path

from hearth.partners.views import county_api

app_name = "county_api"
urlpatterns = [
    path("openapi.json", county_api.openapi, name="openapi"),
    path("public-key.pem", county_api.public_key, name="public_key"),
    path("<slug:district>/county/exports/", county_api.exports, name="exports"),
    path("<slug:district>/county/exports/<int:pk>.zip", county_api.file, name="file"),
]
