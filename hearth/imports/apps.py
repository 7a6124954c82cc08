from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "hearth.imports"
    label = "imports"
