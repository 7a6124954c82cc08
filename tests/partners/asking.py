"""Somebody asks the directory, and what they find."""

from typing import Any

from django.test import Client
from django.urls import reverse

from hearth.partners.models import Service


def browser(user: Any = None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client


def found(user: Any, **asked: Any) -> set[str]:
    answer = browser(user).get(reverse("partners:directory"), asked)
    assert answer.status_code == 200
    return set(sources(answer))


def sources(answer: Any) -> list[str]:
    """The upstream ids of the services on a page, in its order."""
    known = dict(Service.objects.values_list("pk", "source_id"))
    return [known[row.pk] for row in answer.context["rows"]]


def talk() -> Service:
    return Service.objects.get(source_id="talk")
