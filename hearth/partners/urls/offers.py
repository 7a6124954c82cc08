"""What there is for everybody, mounted at `offers/`: no account, nothing about any student."""

from django.urls import path

from hearth.partners.views import offers, open_search

app_name = "offers"
urlpatterns = [
    path("<slug:district>/", open_search.find, name="find"),
    path("<slug:district>/<int:pk>/", offers.offer, name="offer"),
    path("<slug:district>/<int:pk>/calendar.ics", offers.calendar, name="calendar"),
    path("<slug:district>/<int:pk>/correct/", offers.correct, name="correct"),
    path("<slug:district>/<int:pk>/thanks/", offers.thanks, name="thanks"),
]
