"""What may be published of a table of counts, and what a published table gives away.

Plain Python over NumPy and SciPy: no Django, no tables, no names. Words: table, cell, margin,
primary, secondary, protect, audit, recovered.
"""
