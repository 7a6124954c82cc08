"""District, school, school year and calendar; the base of every owned row, and the wall around it.

Words: district, school, school year, instructional day, owned row.
"""
