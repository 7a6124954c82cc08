"""Listening, mounted at `listening/`."""

from django.urls import path

from hearth.listening.urls import hearing
from hearth.listening.views import asked, build, printed, projects, surveys, taken

app_name = "listening"
urlpatterns = [
    path("", projects.projects, name="projects"),
    path("new/", projects.new, name="new_project"),
    path("<int:pk>/", projects.project, name="project"),
    path("<int:pk>/change/", projects.change, name="change_project"),
    path("<int:pk>/days/new/", projects.add_day, name="add_day"),
    path("<int:pk>/surveys/new/", build.new, name="new_survey"),
    path("surveys/<int:pk>/build/", build.build, name="build"),
    path("surveys/<int:pk>/questions/new/", build.question, name="new_question"),
    path("surveys/<int:pk>/questions/<slug:key>/", build.question, name="question"),
    path("surveys/<int:pk>/change/", build.change, name="change_survey"),
    path("surveys/<int:pk>/", surveys.survey, name="survey"),
    path("surveys/<int:pk>/open/", surveys.open_, name="open_survey"),
    path("surveys/<int:pk>/seal/", surveys.seal, name="seal_survey"),
    path("surveys/<int:pk>/asked/", asked.asked, name="asked"),
    path("surveys/<int:pk>/asked/reminders/new/", asked.plan, name="plan_reminder"),
    path("surveys/<int:pk>/asked/reminders/<int:reminder>/", asked.drop, name="drop_reminder"),
    path("surveys/<int:pk>/poster/<slug:language>/", printed.poster, name="survey_poster"),
    path("surveys/<int:pk>/paper/<slug:language>/", printed.paper, name="survey_paper"),
    path("surveys/<int:pk>/results/", surveys.results, name="results"),
    path("surveys/<int:pk>/results/take/", taken.take, name="take_told"),
    path("surveys/<int:pk>/held/", surveys.held, name="held"),
    path("days/<int:pk>/done/", projects.done, name="day_done"),
    *hearing.urlpatterns,
]
