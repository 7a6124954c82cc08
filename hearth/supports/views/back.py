"""The way back: a meeting's item leads to a referral and its steps, and they lead back to it.

The address of the page one came from is read by the house's own list of addresses and built anew,
so it can lead nowhere else.
"""

from collections.abc import Mapping

from django.urls import Resolver404, resolve, reverse

BACK = "back"
IN_SESSION = ("meeting", "supports:meeting_item", "supports:meeting_read_back")


def came_from(said: Mapping[str, str]) -> str:
    """The page of a meeting that one came from, or nothing."""
    try:
        found = resolve(said.get(BACK, ""))
    except Resolver404:
        return ""
    if found.view_name not in IN_SESSION:
        return ""
    return reverse(found.view_name, args=found.args, kwargs=found.kwargs)
