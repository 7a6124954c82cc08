"""What those who were heard read, mounted at `heard/`: for everybody who has the address."""

from django.urls import path

from hearth.listening.views import findings, share_back

app_name = "heard"
urlpatterns = [
    path("<slug:district>/<uuid:key>/", findings.is_it_so, name="check"),
    path("<slug:district>/<uuid:key>/back/<slug:audience>/", share_back.open_page, name="back"),
]
