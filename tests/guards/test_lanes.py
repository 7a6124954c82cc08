"""Work that no process takes up is never done, and work in two lanes is not done in order."""

from procrastinate.contrib.django import app

from hearth.cli.serve import LANES

OF_THE_LIBRARY = {"builtin"}  # its clearing of old jobs, which nothing here asks for


def test_every_kind_of_work_is_in_one_lane() -> None:
    wanted = {task.queue for task in app.tasks.values()} - OF_THE_LIBRARY
    taken = [queue for lane in LANES for queue in lane]
    assert sorted(taken) == sorted(wanted), (
        "Name each task's queue in one lane of hearth/cli/serve.py, and no queue without tasks."
    )
