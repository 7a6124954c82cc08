"""The mart: what the numbers are made from, as dated files that never change.

A mart is one folder of Parquet for one district: facts told by the rooms and the ground, keyed by
random numbers, without names, birth dates or student numbers. Beside the daily facts stand two
roll-ups that are kept up day by day: student × month and student × school year.

    schema.py   which columns there are, and from which field of which table each comes
    facts.py    one district's facts, as queries, from the rooms and the ground
    build.py    a whole new mart out of the database
    years.py    one row for each student, school and year, out of enrollment, identity, programs
    rollup.py   days to months and years, whole or one day more
    store.py    folders, the one that is current, and when an old one goes
    engine.py   a mart opened for reading: Ibis tables on DuckDB, Spark or Trino
"""
