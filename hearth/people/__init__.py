"""The people of a school: person, student, guardian, staff; identity apart, in its own table.

Words: person, student, guardian, guardianship, staff, section, section member, identity, merge.
"""
