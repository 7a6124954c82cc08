from django.apps import AppConfig


class SupportsConfig(AppConfig):
    name = "hearth.supports"
    label = "supports"
