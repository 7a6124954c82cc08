"""What our neighborhood has, mounted at `neighborhood/`: for everybody, no account needed."""

from django.urls import path

from hearth.partners.views import neighborhood

app_name = "neighborhood"
urlpatterns = [
    path("", neighborhood.ours, name="ours"),
    path("<slug:district>/", neighborhood.look, name="map"),
    path("<slug:district>/wall.pdf", neighborhood.wall, name="wall"),
    path("<slug:district>/tell/", neighborhood.tell, name="tell"),
    path("<slug:district>/thanks/", neighborhood.thanks, name="thanks"),
]
