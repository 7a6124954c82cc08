"""The kit as a Django app, so that its templates, tags and static files are found."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    """The interface kit."""

    name = "hearth.kit"
    label = "kit"
