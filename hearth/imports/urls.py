"""The addresses of this room, mounted at `imports/`."""

from django.urls import path

from hearth.imports.views import act, columns, faults, receive, rows, run

app_name = "imports"
urlpatterns = [
    path("", run.runs, name="runs"),
    path("new/", receive.new, name="new"),
    path("<int:pk>/", run.run, name="run"),
    path("<int:pk>/columns/", columns.which, name="columns"),
    path("<int:pk>/codes/", columns.codes, name="codes"),
    path("<int:pk>/faults.csv", faults.as_csv, name="faults_csv"),
    path("<int:pk>/rows/<slug:table>/<slug:fate>/", rows.rows, name="rows"),
    path("<int:pk>/load/", act.load, name="load"),
    path("<int:pk>/cancel/", act.cancel, name="cancel"),
    path("<int:pk>/resume/", act.resume, name="resume"),
    path("<int:pk>/discard/", act.discard, name="discard"),
    path("<int:pk>/undo/", act.undo, name="undo"),
]
