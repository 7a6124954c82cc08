"""What the district's student information system keeps of a student, brought in from its files.

It stands on the ground, since several rooms and the numbers read it and none owns it. Words:
attendance day, attendance year, enrollment, incident, incident part.
"""
