"""Class reviews, files taken out, and what folds away."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
