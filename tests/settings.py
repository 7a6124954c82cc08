"""The project's own settings, on a PostgreSQL cluster that belongs to the tests alone."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
os.environ["HEARTH_MODE"] = "test"
# Tests that run side by side have a database cluster each.
LANE = os.environ.get("PYTEST_XDIST_WORKER", "alone")
os.environ["HEARTH_DATA"] = os.environ.get("HEARTH_TEST_DATA", str(ROOT / ".data" / "tests" / LANE))
os.environ.pop("DATABASE_URL", None)
os.environ.pop("DATABASE_OWNER_URL", None)

from hearth.web import embedded  # noqa: E402 - the environment must stand before the settings

embedded.ensure_started(
    Path(os.environ["HEARTH_DATA"]) / "postgres",
    # A test's data may be lost in a power cut; the two cores have better things to do.
    options={"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"},
)

from hearth.web.settings import *  # noqa: E402, F403
