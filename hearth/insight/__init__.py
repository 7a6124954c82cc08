"""Numbers a community can trust: facts, measures, and figures that expose nobody.

Words: fact, mart, roll-up, measure, card, group, cut, release, shown, withheld.

From facts to a table of counts:

    from hearth.insight import measures
    from hearth.insight.mart import open_mart

    with open_mart(district_id) as mart:
        table = measures.all()["chronic_absence"].table(mart, [(), ("race",)], level="school")
        many = measures.table_of([...], mart, groups.pairs())        # one pass for all of them
        who = measures.counted_students(measure, mart, school=1, year=2026, where={"race": "asian"})

A table is a pyarrow.Table with one row for each figure: measure, part, level (district, school),
school, year (in which the school year ends), month, cut ("", "race", "race+gender"), one column for
each group asked for (empty where the row is of everybody), numerator, denominator. What a measure
means is told by `measures.cards`, its groups by `measures.groups`.

These are counts of people before anything was protected. Nothing outside this package may read
them; what leaves it goes through disclosure first.
"""
