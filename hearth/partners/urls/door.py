"""What a partner does by a link from an e-mail, mounted at `partner/`: one purpose each."""

from django.urls import path

from hearth.partners.views import by_partner, capacity, log

app_name = "partner_door"
urlpatterns = [
    path("<slug:district>/referral/<str:secret>/", by_partner.by_link, name="referral"),
    path("<slug:district>/referral/<str:secret>/given/", log.by_link, name="given"),
    path("<slug:district>/<str:secret>/", capacity.by_link, name="capacity"),
]
