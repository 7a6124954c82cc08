"""The mart: what the numbers are made from, as dated files that never change.

A mart is one folder of Parquet for one district: facts told by the rooms and the ground, keyed by
random numbers, without names, birth dates or student numbers. Beside the daily facts stand two
roll-ups that are kept up day by day: student × month and student × school year.

    schema.py   which columns there are, and from which field of which table each comes
    told.py     one district's facts, by COPY out of the database, as rooms and ground tell them
    build.py    a whole new mart, or one day more
    years.py    one row for each student, school and year, out of enrollment, identity, programs
    rollup.py   days to months and years, as expressions
    keep.py     the roll-ups on disk, whole or one day more
    store.py    folders, the one that is current, and when an old one goes
    engine.py   a mart opened for reading: Ibis tables on DuckDB, Spark or Trino
    home.py     where a district's mart lies on this machine, and `open_mart(district_id)`
"""

from hearth.insight.mart.home import open_mart

__all__ = ["open_mart"]
