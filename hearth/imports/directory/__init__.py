"""A directory on its way into the tables of `partners`: compare, load, put back.

Each source has the last word about its own rows and about no other's. What it leaves out is gone,
with the day; no row is ever deleted but by undo, because children will be linked to services.
"""
