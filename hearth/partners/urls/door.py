"""What a partner does by a link from an e-mail, mounted at `partner/`: one purpose each."""

from django.urls import path

from hearth.partners.views import capacity

app_name = "partner_door"
urlpatterns = [
    path("<slug:district>/<str:secret>/", capacity.by_link, name="capacity"),
]
