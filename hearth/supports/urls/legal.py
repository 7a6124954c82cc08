"""Requests for an assessment, and supports instead of discipline."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
