from django.db import migrations

from hearth.schools.keys import hold_keys
from hearth.schools.rls import guard_rows


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial"), ("schools", "0003_keys_by_set")]
    operations = [
        *guard_rows(
            "records_attendanceday",
            "records_attendanceyear",
            "records_enrollment",
            "records_incident",
            "records_incidentpart",
            "records_publicfigure",
        ),
        *(
            step
            for table in ("attendanceday", "attendanceyear", "enrollment")
            for step in hold_keys(
                f"records_{table}",
                student_id=("people_student", "person_id"),
                school_id=("schools_school", "id"),
            )
        ),
        *hold_keys("records_incident", school_id=("schools_school", "id")),
        *hold_keys("records_incidentpart", student_id=("people_student", "person_id")),
    ]
