"""What was asked at the school's door, and calls for safety."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
