"""Numbers a community can trust: facts, measures, and figures that expose nobody.

Words: fact, mart, roll-up, measure, card, group, gap, release, shown, withheld.
"""
