"""Plans, tiers, the plans the law protects, and progress."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
