"""Grace reads her school's figures, Priya asks for two groups, Rosa hangs them on a wall; Helen
reads side by side what three schools have heard, and how the framework stands at each."""

import csv
import io
from collections.abc import Iterator

import pytest
from django.utils import timezone
from django.utils.translation import override
from playwright.sync_api import Browser

from hearth.insight.measures.cards import cards
from hearth.insight.reading import said
from tests.cli.commands import drop, empty_database, hearth
from tests.journeys.checking import WRITTEN
from tests.journeys.conftest import ALREADY_SERVED, Person
from tests.journeys.people import Someone, sit_down
from tests.journeys.serving import House, served
from tests.journeys.steps import fetches, path_of, text_of

STUDENTS = 700
RELEASED = 300_000  # milliseconds; the worker builds the mart and protects its figures first
SIGNED = 3  # schools of the demonstration whose guiding groups have signed a report
SCHOOL = "Cottonwood Elementary"
MEASURE = "/numbers/at/cottonwood-elementary/chronic_absence/"
EVERY_SCREEN = pytest.mark.parametrize(("language", "width"), [("en", 1280), ("es", 390)])


@pytest.fixture(scope="module")
def valley(template: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The demonstration, smaller: loaded by the importers, told by the worker."""
    if ALREADY_SERVED:
        yield House(ALREADY_SERVED)
        return
    data = tmp_path_factory.mktemp("valley")
    database = empty_database("hearth_valley")
    try:
        made = hearth("demo", "--students", str(STUDENTS), data=data, database=database)
        assert made.returncode == 0, made.stderr
        with served(database, data) as house:
            yield house
    finally:
        drop(database)


@pytest.fixture
def neighbor(browser: Browser, valley: House, troubles: list[str]) -> Iterator[Person]:
    seated: list[Someone] = []

    def sits_down(key: str, *, width: int = 1280, language: str = "en") -> Someone:
        someone = sit_down(
            browser, valley.address, key, language=language, width=width, troubles=troubles
        )
        seated.append(someone)
        return someone.comes_in()

    yield sits_down
    for someone in seated:
        someone.page.context.close()


@EVERY_SCREEN
def test_grace_reads_one_measure_with_all_that_belongs_to_it(
    neighbor: Person, language: str, width: int
) -> None:
    grace = neighbor("grace", language=language, width=width)
    opens_her_school(grace)
    opens_the_measure(grace)
    every_figure_has_what_belongs_to_it(grace)
    grace.page.locator("select[name=by]").select_option("english_learner")
    grace.presses("Show")
    grace.lands_on("%(title)s: how is it, and for whom?", title=title_for(grace))
    every_figure_has_what_belongs_to_it(grace)
    the_file_leaves_nothing_blank(grace)
    sees_whom_it_is_about(grace)


@EVERY_SCREEN
def test_grace_opens_every_figure_of_her_school(
    neighbor: Person, language: str, width: int
) -> None:
    grace = neighbor("grace", language=language, width=width)
    opens_her_school(grace)
    figures = grace.page.locator("main section li:has(strong) a").all()
    for path in dict.fromkeys(str(one.get_attribute("href")).partition("?")[0] for one in figures):
        grace.goes_to(path)
        grace.lands_on(grace.says("%(title)s: how is it, and for whom?").removeprefix("%(title)s"))
        every_figure_has_what_belongs_to_it(grace)


@EVERY_SCREEN
def test_grace_asks_whether_it_is_fair(neighbor: Person, language: str, width: int) -> None:
    grace = neighbor("grace", language=language, width=width)
    wait_for_figures(grace)
    grace.presses("Is it fair?")
    grace.lands_on("%(title)s: is it fair?", title=title_for(grace))
    grace.sees("What this is, and what it is not")
    unfold = "document.querySelectorAll('main .k-stack > details').forEach(e => e.open = true)"
    grace.page.evaluate(unfold)
    grace.looks_closely()
    rows_are_whole(grace)
    assert b"/StructTreeRoot" in fetches(grace, f"{MEASURE}fair/paper/")


@EVERY_SCREEN
def test_tom_reads_the_figure_and_no_names_behind_it(
    neighbor: Person, language: str, width: int
) -> None:
    tom = neighbor("tom", language=language, width=width)
    wait_for_figures(tom)
    tom.lands_on("%(title)s: how is it, and for whom?", title=title_for(tom))
    tom.does_not_see("Show me the rows")
    tom.goes_to(f"{MEASURE}rows/")
    tom.lands_on("This page is not part of your role", forgiving="403")


@EVERY_SCREEN
def test_priya_asks_for_two_groups_together(neighbor: Person, language: str, width: int) -> None:
    priya = neighbor("priya", language=language, width=width)
    wait_for_figures(priya)
    priya.goes_to("/numbers/tables/new/")
    priya.lands_on("Which two groups together?")
    priya.field("Which measure?").select_option("chronic_absence")
    priya.field("By which group?").select_option("gender")
    priya.field("And by which other group?").select_option("english_learner")
    priya.presses("Build the table")
    heading = priya.says("%(title)s: how is it for both together?", title=title_for(priya))
    priya.page.get_by_role("heading", name=heading).wait_for(timeout=RELEASED)
    priya.looks_closely()
    rows_are_whole(priya)


@EVERY_SCREEN
def test_rosa_takes_the_figures_to_a_wall(neighbor: Person, language: str, width: int) -> None:
    rosa = neighbor("rosa", language=language, width=width)
    wait_for_figures(rosa)
    rosa.goes_to("/numbers/walks/new/")
    rosa.lands_on("What shall we look at together?")
    rosa.writes("What is the walk called?", f"Who is here? {language}")
    rosa.field("On which day?").fill(timezone.localdate().isoformat())
    for measure in ("chronic_absence", "days_lost"):
        rosa.page.locator(f"input[name=measures][value={measure}]").check()
    rosa.looks_closely()
    rosa.presses("Plan the walk")
    rosa.lands_on("%(title)s: what do we see, and what do we do?", title=f"Who is here? {language}")
    walk = path_of(rosa)
    for printed, word in (("en", "I notice"), ("es", "Observo")):
        posters = fetches(rosa, f"{walk}posters/{printed}/")
        assert b"/StructTreeRoot" in posters  # tagged, so that a screen reader can read it too
        assert word in text_of(posters)
    rosa.writes("In their words", "Mondays are the hard days.")
    rosa.presses("Write it down")
    rosa.sees("Mondays are the hard days.")
    rosa.looks_closely()


@EVERY_SCREEN
def test_helen_reads_side_by_side_what_three_schools_heard(
    neighbor: Person, language: str, width: int
) -> None:
    helen = neighbor("helen", language=language, width=width)
    helen.goes_to("/listening/schools/")
    helen.lands_on("What do our schools tell, side by side?")
    helen.sees("Who can learn from whom")
    reports = helen.page.locator("main a[href$='/report/'] bdi")
    titles = reports.all_inner_texts()
    assert len(titles) == SIGNED
    words = text_of(fetches(helen, f"/listening/schools/paper/{language}/"))
    assert all(title in words for title in titles)
    helen.goes_to("/framework/")
    helen.lands_on("What are we doing, and what is missing?")


def opens_her_school(grace: Someone) -> None:
    wait_for_figures(grace)
    grace.goes_to("/numbers/")
    grace.lands_on("How is %(name)s doing?", name=SCHOOL)
    figures = grace.page.locator("main section li:has(strong)").all()
    assert len(figures) > 5
    for row in figures:
        assert row.locator("a").count() == 1, "each figure leads to its page"


def opens_the_measure(grace: Someone) -> None:
    grace.page.locator(f'main a[href^="{MEASURE}"]').first.click()
    grace.lands_on("%(title)s: how is it, and for whom?", title=title_for(grace))


def wait_for_figures(someone: Someone) -> None:
    """The worker tells them a while after the house was opened."""
    for _ in range(RELEASED // 3_000):
        someone.goes_to(MEASURE)
        if someone.page.locator("#what-this-is").count():
            return
        someone.page.wait_for_timeout(3_000)
    raise AssertionError("no figures were released")


def every_figure_has_what_belongs_to_it(someone: Someone) -> None:
    """Its card, its size, its rows and, under each picture, its table."""
    page = someone.page
    assert page.locator("section[aria-labelledby=what-this-is] dt").count() == 6
    if page.locator("#for-whom").count():
        rows_are_whole(someone)
    assert page.locator(".k-stats, figure.k-chart").count()
    for picture in page.locator("figure.k-chart").all():
        assert picture.locator("details table tbody tr").count()


def rows_are_whole(someone: Someone) -> None:
    """No cell of a table of groups is blank: size, figure, how sure, gap, and its rows."""
    rows = someone.page.locator("main table.rows:not(figure table) tbody tr")
    assert rows.count()
    for row in rows.all():
        cells = [cell.strip() for cell in row.locator("th, td").all_inner_texts()]
        assert all(cells), cells


def the_file_leaves_nothing_blank(someone: Someone) -> None:
    text = fetches(someone, f"{MEASURE}file/").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    figure, standing = (
        rows[0].index(someone.says(name)) for name in ("Figure", "Shown or withheld")
    )
    assert len(rows) > 10
    assert all(row[figure] and row[standing] for row in rows[1:])
    withheld = [row for row in rows[1:] if row[figure] == someone.says("withheld")]
    assert withheld
    assert not {row[standing] for row in withheld} & {"", someone.says("shown")}


def sees_whom_it_is_about(grace: Someone) -> None:
    names = names_behind(grace)
    assert names
    grace.looks_closely()


def names_behind(someone: Someone) -> list[str]:
    """The students whom this person finds behind the school's figure."""
    someone.goes_to(f"{MEASURE}rows/")
    someone.lands_on("Who is behind this figure?")
    names = someone.page.locator("main .k-name").all_inner_texts()
    WRITTEN.update(names)
    return names


def title_for(someone: Someone) -> str:
    with override(someone.language):
        return said(cards()["chronic_absence"].title)
