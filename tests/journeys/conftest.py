"""Given a house that is served and people who sit at browsers of their own."""

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.journeys.people import Someone, sit_down
from tests.journeys.serving import House, house_of_the_cast

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
ALREADY_SERVED = os.environ.get("HEARTH_JOURNEYS_AT", "")
ITS_DATA = os.environ.get("HEARTH_JOURNEYS_DATA", "")
HERE = Path(__file__).parent
PATIENCE = 30_000
Person = Callable[..., Someone]
Visitor = Callable[..., Someone]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1"]))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """A journey that reached its end still fails for what was wrong along the way."""
    troubles: list[str] = getattr(item, "funcargs", {}).get("troubles", [])
    try:
        done = yield
    except Exception as broken:
        broken.add_note("\n".join(troubles))
        raise
    if troubles:
        pytest.fail(
            "\n".join(["The story went well, its pages did not:", *troubles]), pytrace=False
        )
    return done


@pytest.fixture(scope="package")
def template(request: pytest.FixtureRequest) -> None:
    """The tests' database is made before Playwright runs, and only where it is needed."""
    if not ALREADY_SERVED:
        request.getfixturevalue("django_db_setup")


@pytest.fixture(scope="package")
def house(template: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house of our own; or, while a journey is being written, one that is served already."""
    if ALREADY_SERVED:
        yield House(ALREADY_SERVED, Path(ITS_DATA) if ITS_DATA else None)
        return
    with house_of_the_cast(tmp_path_factory.mktemp("house")) as served:
        yield served


# For the package alone: while Playwright runs, Django takes this thread for an asynchronous one.
@pytest.fixture(scope="package")
def browser(template: None) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), headless=True, args=ARGUMENTS
        )
        expect.set_options(timeout=PATIENCE)
        yield started
        started.close()


@pytest.fixture
def troubles() -> list[str]:
    return []


@pytest.fixture
def person(browser: Browser, house: House, troubles: list[str]) -> Iterator[Person]:
    """`person("tom", width=390, language="es")` is Tom, signed in and looking at Today."""
    seated: list[Someone] = []

    def sits_down(
        key: str, *, width: int = 1280, language: str = "en", script: bool = True
    ) -> Someone:
        someone = sit_down(
            browser, house.address, key,
            language=language, width=width, troubles=troubles, script=script,
        )  # fmt: skip
        seated.append(someone)
        return someone.comes_in()

    yield sits_down
    for someone in seated:
        someone.page.context.close()


@pytest.fixture
def visitor(browser: Browser, house: House, troubles: list[str]) -> Iterator[Visitor]:
    """`visitor(width=390, language="es")` is somebody from the street, with no account."""
    seated: list[Someone] = []

    def comes_by(*, width: int = 1280, language: str = "en") -> Someone:
        someone = sit_down(
            browser, house.address, "visitor", language=language, width=width, troubles=troubles
        )
        seated.append(someone)
        return someone

    yield comes_by
    for someone in seated:
        someone.page.context.close()
