"""`hearth serve` and `hearth worker`."""

import signal
import subprocess
import sys
import time
from types import FrameType

import click
from django.conf import settings
from django.db import connection

from hearth.demo.ground import NotADemo, refuse_real_data
from hearth.web.prepare import bound_by_the_wall

# A process for each kind of work: whoever is paged must not wait for a roster, and who waits for a
# roster must not wait for the district's figures. Within a kind, one thing after the other.
LANES = ({"mail"}, {"imports", "exports"}, {"insight"})


@click.command()
@click.option("--port", default=8000, show_default=True, help="Where to listen.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Which address to listen on.")
@click.option("--workers", default=2, show_default=True, help="Processes that answer pages.")
def serve(port: int, host: str, workers: int) -> None:
    """Serve the pages and do the background work, until stopped with Ctrl-C."""
    refuse_unbound_role()
    mode = settings.HEARTH.mode
    if settings.HEARTH.is_demo:
        try:
            refuse_real_data()
        except NotADemo as trouble:
            raise click.ClickException(str(trouble)) from None
    commands = [
        [sys.executable, "-m", "gunicorn", "hearth.web.wsgi", "--workers", str(workers),
         "--bind", f"{host}:{port}", "--worker-class", "sync", "--max-requests", "5000",
         "--config", "python:hearth.web.gunicorn"],
        [sys.executable, "-m", "hearth.cli", "worker"],
    ]  # fmt: skip
    running = [subprocess.Popen(command) for command in commands]  # noqa: S603 - our own words
    words = "the demonstration" if mode == "demo" else "Hearth"
    click.echo(f"Serving {words} on http://localhost:{port}  (Ctrl-C stops)")
    _stop_together(running)


def _stop_together(running: list[subprocess.Popen[bytes]]) -> None:
    def stop(*_: int | FrameType | None) -> None:
        for process in running:
            process.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    # One without the other would look well and not be: whichever ends first ends both.
    while all(process.poll() is None for process in running):
        time.sleep(0.5)
    first = next(code for process in running if (code := process.poll()) is not None)
    stop()
    for process in running:
        process.wait()
    sys.exit(first)


@click.command()
def worker() -> None:
    """Do the background work alone: loading files, sending messages, cleaning up."""
    refuse_unbound_role()
    connection.close()
    _stop_together([subprocess.Popen(_lane(queues)) for queues in LANES])  # noqa: S603 - our own words


def _lane(queues: set[str]) -> list[str]:
    return [
        sys.executable, "-m", "hearth.web.manage", "procrastinate", "worker", "--concurrency=1",
        "--queues", ",".join(sorted(queues)),
    ]  # fmt: skip


def refuse_unbound_role() -> None:
    """A role that could see every district must never answer pages."""
    connection.ensure_connection()
    trouble = bound_by_the_wall(connection.connection)
    if trouble:
        user = settings.DATABASES["default"]["USER"]
        raise click.ClickException(
            f"DATABASE_URL signs in as {user}, and {trouble}. "
            "Give Hearth a role that only reads and writes rows; `hearth prepare` makes one."
        )
