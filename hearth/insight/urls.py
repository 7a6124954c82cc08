"""The addresses of numbers, under `numbers/`."""

from django.urls import URLPattern, path

from hearth.insight.views import fairness, measure, missing, rows, together, walk

app_name = "insight"
urlpatterns: list[URLPattern] = [
    path("", measure.home, name="numbers"),
    path("tables/new/", together.build, name="build"),
    path("tables/<int:pk>/", together.asked, name="asked"),
    path("tables/<int:pk>/take-back/", together.take_back, name="take_back"),
    path("walks/", walk.walks, name="walks"),
    path("walks/new/", walk.new, name="new_walk"),
    path("walks/<int:pk>/", walk.walk, name="walk"),
    path("walks/<int:pk>/notes/", walk.note, name="walk_note"),
    path("walks/<int:pk>/posters/<slug:language>/", walk.posters, name="walk_posters"),
    path("missing/", missing.needs_by_language, name="matrix"),
    path("missing/<slug:place>/", missing.missing, name="missing"),
    path("missing/<slug:place>/file/", missing.file, name="missing_file"),
    path("missing/<slug:place>/paper/", missing.paper, name="missing_paper"),
    path("at/<slug:place>/", measure.picture, name="picture"),
    path("at/<slug:place>/<slug:measure>/", measure.measure, name="measure"),
    path("at/<slug:place>/<slug:measure>/file/", measure.file, name="measure_file"),
    path("at/<slug:place>/<slug:measure>/fair/", fairness.fairness, name="fair"),
    path("at/<slug:place>/<slug:measure>/fair/file/", fairness.file, name="fair_file"),
    path("at/<slug:place>/<slug:measure>/fair/paper/", fairness.paper, name="fair_paper"),
    path("at/<slug:place>/<slug:measure>/rows/", rows.rows, name="rows"),
    path("at/<slug:place>/<slug:measure>/by/<str:cut>/", together.together, name="together"),
]
