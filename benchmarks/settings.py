"""The house's own settings, on a cluster that belongs to the measurements, with one page more."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("HEARTH_BENCHMARKS", ROOT / ".data" / "benchmarks")) / "pages"
os.environ["HEARTH_MODE"] = "local"
os.environ["HEARTH_DATA"] = str(DATA)
os.environ.pop("DATABASE_URL", None)
os.environ.pop("DATABASE_OWNER_URL", None)

from hearth.web import embedded  # noqa: E402 - the environment must stand before the settings

embedded.ensure_started(DATA / "postgres")

from hearth.web.settings import *  # noqa: E402, F403

ROOT_URLCONF = "benchmarks.urls"
