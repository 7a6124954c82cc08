"""The directory, mounted at `directory/`."""

from django.urls import path

from hearth.partners.views import corrections, keeping, package, search, service

app_name = "partners"
urlpatterns = [
    path("", search.search, name="directory"),
    path("services/<int:pk>/", service.service, name="service"),
    path("services/<int:pk>/hand-out/<slug:language>/", service.hand_out, name="hand_out"),
    path("services/<int:pk>/still-right/", keeping.verify, name="still_right"),
    path("stale/", keeping.stale, name="stale"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/<int:pk>/", corrections.decide, name="correction"),
    path("school/<int:pk>/place/", keeping.place, name="school_place"),
    path("package.zip", package.package, name="package"),
]
