"""Wall and processor seconds. On a machine with neighbours the second says more."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Took:
    """Seconds on the wall, and seconds of all cores together."""

    wall: float
    cores: float

    def told(self) -> dict[str, float]:
        return {"seconds": round(self.wall, 2), "core_seconds": round(self.cores, 2)}


def timed(work: Callable[[], Any]) -> tuple[Took, Any]:
    wall, cores = time.perf_counter(), time.process_time()
    made = work()
    return Took(time.perf_counter() - wall, time.process_time() - cores), made


def best_of(work: Callable[[], Any], times: int = 2) -> tuple[Took, Any]:
    """The least of each, over several times, and what was made last."""
    runs = [timed(work) for _ in range(times)]
    least = Took(min(took.wall for took, _ in runs), min(took.cores for took, _ in runs))
    return least, runs[-1][1]
