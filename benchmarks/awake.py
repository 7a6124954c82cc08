"""Importing this wakes Django on the measurements' own cluster; it comes before any model."""

import os

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
django.setup()
