"""Doors and counters as the stories of this folder need them."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def trial_pages(settings):
    settings.ROOT_URLCONF = "tests.access.urls"


@pytest.fixture(autouse=True)
def fresh_counts(db):
    cache.clear()
