"""The team, its meetings and decisions."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
