"""Listening, mounted at `listening/`."""

from django.urls import path

from hearth.listening.views import projects

app_name = "listening"
urlpatterns = [
    path("", projects.projects, name="projects"),
    path("new/", projects.new, name="new_project"),
    path("<int:pk>/", projects.project, name="project"),
    path("<int:pk>/change/", projects.change, name="change_project"),
    path("<int:pk>/days/new/", projects.add_day, name="add_day"),
    path("days/<int:pk>/done/", projects.done, name="day_done"),
]
