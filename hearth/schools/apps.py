from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    name = "hearth.schools"
    label = "schools"
