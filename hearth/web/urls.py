"""Every address of the house."""

from django.conf import settings
from django.urls import include, path

from hearth.web import views

urlpatterns = [
    path("", views.today, name="today"),
    path("health", views.health, name="health"),
    path("sign-in/", include("allauth.urls")),
]
