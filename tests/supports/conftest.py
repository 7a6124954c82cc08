"""What the tests of this room share: Tom's referral for Diego, and counted queries."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hearth.schools.acting import SETTING
from hearth.supports import actions
from hearth.supports.models import ClosedBecause, Referral
from tests.cast import Cast
from tests.makers import make_referral


@pytest.fixture
def asked(cast: Cast) -> Referral:
    """Tom asked for support for Diego."""
    return make_referral(cast.diego, cast.tom)


@pytest.fixture
def at(cast: Cast) -> Callable[[Referral, str], Referral]:
    """Walk a referral to a state by the team's own verbs."""

    def walk(referral: Referral, state: str) -> Referral:
        rosa, today = cast.rosa, timezone.localdate()
        path = {
            "triaged": lambda: actions.triage(referral=referral, why="Read.", by=rosa),
            "assigned": lambda: actions.assign(referral=referral, owner=cast.amina, by=rosa),
            "assessing": lambda: actions.begin_assessing(referral=referral, by=rosa),
            "planned": lambda: actions.set_plan(referral=referral, why="Reading pair.", by=rosa),
            "referred": lambda: actions.refer_to_service(
                referral=referral, service="Tutoring", provider="Valley", by=rosa
            ),
            "waitlisted": lambda: actions.put_on_waiting_list(
                referral=referral, until=today, by=rosa
            ),
            "linked": lambda: actions.confirm_first_service(referral=referral, on=today, by=rosa),
            "monitoring": lambda: actions.begin_monitoring(referral=referral, by=rosa),
            "closed": lambda: actions.close(
                referral=referral, because=ClosedBecause.GOAL_MET, by=rosa
            ),
        }
        if state == "safety":
            actions.hand_to_safety(referral=referral, why="It cannot wait.", by=rosa)
            return referral
        names = ["submitted", *path]
        for name in names[names.index(referral.state) + 1 : names.index(state) + 1]:
            if name != "waitlisted" or state == "waitlisted":
                path[name]()
        return referral

    return walk


@pytest.fixture
def page(client: Client) -> Callable[..., str]:
    """The words of a page as one person sees it; it must open."""

    def open_page(user: object, name: str, *args: object, **query: str) -> str:
        client.force_login(user)
        at = name if name == "meeting" else f"supports:{name}"  # composed upstairs
        answer = client.get(reverse(at, args=args), query, follow=True)
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()

    return open_page


GIVEN_BACK = f"SELECT set_config('{SETTING}'"


class Asked(CaptureQueriesContext):
    """Queries that ask or tell something. Two kinds stand only in tests, where every page runs
    inside the test's own transaction: savepoints, and the district chosen around the page, which
    comes back after it."""

    @property
    def count(self) -> int:
        return len(self.questions)

    @property
    def questions(self) -> list[str]:
        said = [query["sql"] for query in self.captured_queries]
        return [sql for sql in said if "SAVEPOINT" not in sql and not sql.startswith(GIVEN_BACK)]


@pytest.fixture
def asking() -> Asked:
    return Asked(connection)
