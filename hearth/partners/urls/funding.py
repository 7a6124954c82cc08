"""Which money pays for what, mounted at `funding/`."""

from django.urls import path

from hearth.partners.views import funding, funding_keeping

app_name = "funding"
urlpatterns = [
    path("", funding.braid, name="braid"),
    path("braid.csv", funding.as_file, name="as_file"),
    path("cliff/", funding.cliff, name="cliff"),
    path("sources/new/", funding_keeping.new_source, name="new_source"),
    path("sources/<int:pk>/", funding.source, name="source"),
    path("sources/<int:pk>/change/", funding_keeping.change_source, name="change_source"),
    path("sources/<int:pk>/rules/new/", funding_keeping.new_rule, name="new_rule"),
    path("of/new/", funding_keeping.new_funded, name="new_funded"),
    path("of/<int:pk>/", funding.funded, name="funded"),
    path("of/<int:pk>/split/", funding_keeping.split, name="split"),
    path("of/<int:pk>/end/", funding_keeping.end, name="end_funded"),
]
