"""Two people at the same moment: two threads, each with a connection of its own."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from django.db import connection

from hearth.schools.acting import acting_for

PATIENCE = 20  # seconds


def at_once(district_id: int, *acts: Callable[[Callable[[], None]], Any]) -> list[Any]:
    """What each act gave back, or the refusal that it met, in the order of the acts.

    An act is handed `ready` and calls it when it holds all that it has read: nobody goes on before
    everybody has come so far.
    """
    start = Barrier(len(acts))
    came: list[Any] = [None] * len(acts)

    def ready() -> None:
        start.wait(PATIENCE)

    def run(number: int, act: Callable[[Callable[[], None]], Any]) -> None:
        try:
            with acting_for(district_id):
                came[number] = act(ready)
        except Exception as refusal:  # the test says which it expects
            came[number] = refusal
        finally:
            connection.close()

    threads = [Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads), "somebody waits for ever"
    return came
