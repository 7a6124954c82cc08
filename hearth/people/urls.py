"""The addresses of the people floor, mounted at `people/`."""

from django.urls import path

from hearth.people.views import lists, merging, strengths, two

app_name = "people"
urlpatterns = [
    path("classes/", lists.classes, name="classes"),
    path("students/", lists.students, name="students"),
    path("students/<int:pk>/strengths/", strengths.strengths, name="strengths"),
    path("duplicates/", merging.possible, name="duplicates"),
    path("duplicates/<int:one>/<int:other>/", merging.compare, name="compare"),
    path("duplicates/<int:one>/<int:other>/two/", two.keep_two, name="keep_two"),
    path("two-people/<int:pk>/undo/", two.ask_again, name="ask_again"),
    path("merges/", merging.merges, name="merges"),
    path("merges/<int:pk>/undo/", merging.undo_merge, name="undo_merge"),
]
