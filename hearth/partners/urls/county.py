"""What the county is told without any name, mounted at `county/`."""

from django.urls import path

from hearth.partners.views import county

app_name = "county"
urlpatterns = [
    path("", county.county, name="county"),
    path("make/", county.make, name="make"),
    path("exports/<int:pk>/", county.export, name="export"),
    path("exports/<int:pk>/file.zip", county.file, name="file"),
    path("readers/new/", county.new_reader, name="new_reader"),
    path("readers/<int:pk>/revoke/", county.revoke, name="revoke"),
]
