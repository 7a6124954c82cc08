"""Two releases of one year at the same moment, on two connections: one after the other."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Event as Signal
from typing import Any

import pytest

from hearth.insight import actions
from hearth.insight.disclose import Asked, crossed
from hearth.insight.mart import store
from hearth.insight.mart.engine import Engine, opened
from hearth.insight.models import AskedTable, Release
from hearth.schools.acting import acting_for
from tests.cast import Cast, world
from tests.insight import worlds
from tests.supports.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date(2026, 7, 1)
SHORT = 1.5  # seconds: long enough for the other to come as far as the lock


@pytest.fixture
def committed() -> Cast:
    return world()


@pytest.fixture
def figures(committed: Cast, tmp_path: Path, some_measures: None) -> store.Snapshot:
    """A year of Alder Valley, told by each group alone."""
    cast = committed
    with acting_for(cast.alder.pk):
        sizes = {cast.cottonwood.pk: 160, cast.larkspur.pk: 240}
        snapshot = worlds.district(tmp_path / "mart", sizes)
    with acting_for(cast.alder.pk), opened(snapshot, Engine(threads=1)) as mart:
        actions.release_standing(
            district_id=cast.alder.pk, mart=mart, stamp=snapshot.stamp, today=TODAY
        )
    return snapshot


def test_the_second_table_is_protected_against_the_first(
    committed: Cast, figures: store.Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Priya asks for race by gender while another job builds race by English learners. Whoever
    comes second has the first one's table in its ledger, whichever that is."""
    cast, snapshot = committed, figures
    with acting_for(cast.alder.pk):
        priya = cast.priya
    read: list[Asked] = []
    both_read = Signal()

    def slowly(mart: Any, asked: Asked, *more: Any) -> Any:
        read.append(asked)
        if len(read) > 1:
            both_read.set()
        both_read.wait(SHORT)  # without the lock the other reads the ledger now
        return crossed(mart, asked, *more)

    monkeypatch.setattr(actions, "crossed", slowly)

    def tell(second: str) -> Callable[[Callable[[], None]], str]:
        def act(ready: Callable[[], None]) -> str:
            with opened(snapshot, Engine(threads=1)) as own:
                ready()
                return actions.tell_crossed(
                    district_id=cast.alder.pk, mart=own, stamp=snapshot.stamp, today=TODAY,
                    measure="chronic_absence", year=2026, groups=("race", second), by=priya,
                )  # fmt: skip

        return act

    came = at_once(cast.alder.pk, tell("gender"), tell("english_learner"))
    first, second = read
    assert first.released == ()
    assert second.released == (first.cut,), "the second read a ledger without the first"
    with acting_for(cast.alder.pk):
        assert Release.objects.exclude(cut="").count() == sum(isinstance(c, str) for c in came)


def test_taken_back_while_it_is_built_it_tells_nothing(
    committed: Cast, figures: store.Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Priya stops it on her page while the worker counts: her connection need not wait."""
    cast = committed
    with acting_for(cast.alder.pk):
        asked = actions.ask_for_table(
            district_id=cast.alder.pk, measure="chronic_absence", year=2026,
            groups=("race", "gender"), by=cast.priya,
        )  # fmt: skip
        priya = cast.priya

    def stopped_meanwhile(*args: Any) -> Any:
        def stop(_ready: Callable[[], None]) -> bool:
            return actions.take_table_back(asked=asked, by=priya)

        assert at_once(cast.alder.pk, stop) == [True]
        return crossed(*args)

    monkeypatch.setattr(actions, "crossed", stopped_meanwhile)
    with (
        pytest.raises(actions.TakenBack),
        acting_for(cast.alder.pk),
        opened(figures, Engine(threads=1)) as mart,
    ):
        actions.tell_asked(asked_id=asked.pk, mart=mart, stamp=figures.stamp, today=TODAY)
    with acting_for(cast.alder.pk):
        asked.refresh_from_db()
        assert asked.standing == AskedTable.Standing.TAKEN_BACK
        assert not Release.objects.exclude(cut="").exists()
