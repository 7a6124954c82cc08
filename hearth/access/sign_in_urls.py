"""allauth's pages, with three doors bricked up: no sign-up, no change of address, no connecting.

Mounted at sign-in/. The first pattern that fits wins.
"""

from django.urls import include, path

from hearth.access import views

urlpatterns = [
    path("signup/", views.by_invitation, name="account_signup"),
    path("email/", views.by_invitation, name="account_email"),
    path("confirm-email/", views.by_invitation, name="account_email_verification_sent"),
    path("3rdparty/signup/", views.by_invitation, name="socialaccount_signup"),
    path("3rdparty/", views.by_invitation, name="socialaccount_connections"),
    path("", include("allauth.urls")),
]
