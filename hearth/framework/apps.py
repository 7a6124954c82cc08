from django.apps import AppConfig


class FrameworkConfig(AppConfig):
    name = "hearth.framework"
    label = "framework"
