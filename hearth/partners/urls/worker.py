"""What a partner's worker finds signed in, mounted at `sent-to-us/`."""

from django.urls import path

from hearth.partners.views import worker

app_name = "worker"
urlpatterns = [
    path("", worker.asked, name="asked"),
    path("<int:pk>/", worker.referral, name="referral"),
    path("places/", worker.places, name="places"),
]
