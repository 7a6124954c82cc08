"""Own pages of a signed-in person, and the pages of those who invite. Mounted at me/."""

from django.urls import path

from hearth.access import views

app_name = "access"
urlpatterns = [
    path("", views.me, name="me"),
    path("language", views.language, name="language"),
    path("session", views.session, name="session"),
    path("members/", views.members, name="members"),
    path("members/invite/", views.invite, name="invite"),
    path("members/<int:pk>/resend/", views.resend, name="resend"),
    path("members/<int:pk>/end/", views.end, name="end"),
    path("members/<int:pk>/restore/", views.restore, name="restore"),
    path("view-as/", views.choose_eyes, name="choose_eyes"),
    path("view-as/stop/", views.stop_viewing, name="stop_viewing"),
    path("view-as/<int:pk>/", views.start_viewing, name="start_viewing"),
]
