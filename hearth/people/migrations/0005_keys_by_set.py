from django.db import migrations

from hearth.schools.keys import hold_keys


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_people_named"),
        ("schools", "0003_keys_by_set"),
    ]
    operations = [
        *hold_keys(
            "people_student",
            person_id=("people_person", "id"),
            school_id=("schools_school", "id"),
        ),
        *hold_keys("people_guardian", person_id=("people_person", "id")),
        *hold_keys("people_staff", person_id=("people_person", "id")),
        *hold_keys(
            "people_guardianship",
            student_id=("people_student", "person_id"),
            guardian_id=("people_guardian", "person_id"),
        ),
        *hold_keys(
            "people_sectionmember",
            section_id=("people_section", "id"),
            person_id=("people_person", "id"),
        ),
        *hold_keys("people_identity", person_id=("people_person", "id")),
        *hold_keys("people_programtime", person_id=("people_person", "id")),
    ]
