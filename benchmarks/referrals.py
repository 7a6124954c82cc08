"""Thousands of referrals with their whole lives, made by sets; the database checks each step."""

from datetime import date

from django.db import connection, transaction

from hearth.access.models import Membership, User
from hearth.demo.cast import BY_KEY, SCHOOL
from hearth.people.models import Person, SectionMember, Staff
from hearth.schools.acting import acting_for
from hearth.schools.models import District, School

Lives = tuple[tuple[int, str], ...]
# Over a district of 50,000 students: about 5,000 open referrals and 60,000 closed ones.
MANY, USUAL, FEW = 5_000, 680, 5
# How every hundred referrals of a busy board end up: thirty-five of them are open.
BUSY = (
    (5, "submitted"),
    (3, "submitted triaged"),
    (3, "submitted triaged assigned"),
    (3, "submitted triaged assigned assessing"),
    (4, "submitted triaged assigned assessing planned"),
    (4, "submitted triaged assigned assessing planned referred"),
    (3, "submitted triaged assigned assessing planned referred waitlisted"),
    (5, "submitted triaged assigned assessing planned referred linked"),
    (5, "submitted triaged assigned assessing planned referred linked monitoring"),
    (5, "submitted closed"),
    (60, "submitted triaged assigned assessing planned referred linked monitoring closed"),
)
# The same at a school whose team keeps up: five are open.
CALM = (
    (1, "submitted"),
    (1, "submitted triaged assigned assessing"),
    (1, "submitted triaged assigned assessing planned referred"),
    (2, "submitted triaged assigned assessing planned referred linked monitoring"),
    (15, "submitted closed"),
    (80, "submitted triaged assigned assessing planned referred linked monitoring closed"),
)

# Closed ones are up to two years old, open ones up to two months.
DRAFT = """
CREATE TEMPORARY TABLE draft ON COMMIT DROP AS
WITH asks AS MATERIALIZED (
    SELECT DISTINCT ON (learns.person_id) learns.person_id, u.id
    FROM people_section s
    JOIN people_sectionmember learns ON learns.section_id = s.id AND learns.role = 'student'
    JOIN people_sectionmember teaches ON teaches.section_id = s.id AND teaches.role = 'teacher'
    JOIN people_person p ON p.id = teaches.person_id JOIN access_user u ON u.id = p.user_id
    WHERE s.school_id = %(school)s ORDER BY learns.person_id, (s.id + learns.person_id) %% 7
), students AS MATERIALIZED (
    SELECT person_id, id, row_number() OVER (ORDER BY person_id) - 1 AS place,
           count(*) OVER () AS of
    FROM asks
)
SELECT n, gen_random_uuid() AS nonce, s.person_id AS student, %(school)s::bigint AS school,
       life.number AS life, s.id AS referrer,
       (%(owners)s::bigint[])[1 + n %% cardinality(%(owners)s::bigint[])] AS owner,
       %(today)s::date - CASE WHEN life.words LIKE '%%closed' THEN 40 + n * 7 %% 660
                              ELSE 1 + n * 7 %% 60 END AS asked
FROM generate_series(1, %(count)s) AS n
JOIN students s ON s.place = n %% s.of
JOIN unnest(%(ends)s::int[], %(words)s::text[]) WITH ORDINALITY AS life(upto, words, number)
  ON n * 37 %% 100 < life.upto
 AND n * 37 %% 100 >= COALESCE((%(ends)s::int[])[life.number - 1], 0)
"""
ASK = """
INSERT INTO supports_referral (district_id, school_id, student_id, referrer_id, strength, concern,
    tried, domain, urgency, asked_at, nonce, state, since, next_on, service, provider,
    closed_because, answer_due_on, answer)
SELECT %(district)s, school, student, referrer,
    'Explains to others how things work and keeps at it until they see it.',
    'Has missed eleven mornings since the winter break and comes in tired.',
    'A call home and a seat near a friend.',
    (ARRAY['academic', 'behavior', 'social_emotional', 'attendance', 'health_basic_needs'])[
        1 + n %% 5],
    (ARRAY['this_week', 'soon', 'when_you_can'])[1 + n %% 3],
    asked, nonce, 'submitted', asked, asked + 5, '', '', '', asked + 10, ''
FROM draft
"""
LIVED = """
CREATE TEMPORARY TABLE lived ON COMMIT DROP AS
SELECT draft.*, r.id FROM draft
JOIN supports_referral r ON r.nonce = draft.nonce AND r.referrer_id = referrer
"""
MOVE = """
UPDATE supports_referral r SET state = %(to)s, since = asked + %(step)s,
    next_on = CASE WHEN %(to)s = 'closed' THEN NULL ELSE %(today)s::date - 12 + n %% 40 END,
    closed_because = CASE WHEN %(to)s = 'closed' THEN 'goal_met' ELSE '' END,
    owner_id = CASE WHEN %(to)s = 'assigned' THEN owner ELSE owner_id END,
    service = CASE WHEN %(to)s = 'referred' THEN 'Tutoring, twice a week' ELSE service END,
    provider = CASE WHEN %(to)s = 'referred' THEN 'Valley Tutoring Collective' ELSE provider END,
    first_service_on = CASE WHEN %(to)s = 'linked' THEN asked + %(step)s ELSE first_service_on END
FROM lived WHERE r.id = lived.id AND life = %(life)s
"""
KEEP_MOVE = """
INSERT INTO supports_move (district_id, referral_id, came_from, went_to, by_id, at, why)
SELECT %(district)s, id, %(came)s, %(to)s, CASE WHEN %(came)s = '' THEN referrer ELSE owner END,
    asked + %(step)s, ''
FROM lived WHERE life = %(life)s
"""
KEEP_EVENT = """
INSERT INTO audit_event (district_id, at, by, by_name, about, about_id, student_id, verb, facts)
SELECT %(district)s, asked + %(step)s, u.id, u.name, 'supports.referral', lived.id, student,
    'referral_' || %(to)s, '{}'
FROM lived JOIN access_user u ON u.id = CASE WHEN %(came)s = '' THEN referrer ELSE owner END
WHERE life = %(life)s
"""
ANSWER = """
UPDATE supports_referral r SET answer = 'Thank you. The team has met, and tutoring begins soon.',
    answered_at = asked + 6, answer_read_at = CASE WHEN n %% 9 > 0 THEN asked + 8 END
FROM lived WHERE r.id = lived.id AND r.state <> 'submitted' AND n %% 5 > 0
"""
NOTE = """
INSERT INTO supports_note (district_id, referral_id, author_id, at, restricted, body)
SELECT %(district)s, id, owner, asked + 3 + k, k = 2, 'Talked with the family on the phone.'
FROM lived, generate_series(1, 3) k WHERE n %% 3 = 0
"""


def fill(district: District, *, today: date, since: date) -> None:
    """Accounts for all staff, then many referrals for the cast's school and some for each other."""
    with acting_for(district.pk):
        _welcome_staff(district, since)
    with acting_for(district.pk):
        cast_school = School.objects.get(source_id=SCHOOL["cottonwood"].source_id)
        schools = list(School.objects.order_by("pk"))
        few = few_school()
    for school in schools:
        count = MANY if school == cast_school else FEW if school == few else USUAL
        with acting_for(district.pk):
            _fill_school(district, school, count, CALM if count == USUAL else BUSY, today)


def few_school() -> School:
    """The school whose board holds a handful, beside which the full board is counted."""
    return School.objects.filter(name__endswith="Elementary").order_by("-pk")[0]


def _fill_school(district: District, school: School, count: int, lives: Lives, today: date) -> None:
    team = Membership.objects.filter(school=school, role__in=["coordinator", "counselor"])
    said = {
        "district": district.pk,
        "school": school.pk,
        "count": count,
        "today": today,
        "owners": list(team.order_by("pk").values_list("user", flat=True)),
        "ends": [sum(share for share, _ in lives[: n + 1]) for n in range(len(lives))],
        "words": [words for _, words in lives],
    }
    if not said["owners"]:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        # The planner does not know yet how many rows stand here, and would compare each with each.
        cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute(DRAFT, said)
        cursor.execute("ANALYZE draft")
        cursor.execute(ASK, said)
        cursor.execute(LIVED)
        cursor.execute("ANALYZE lived")
        for life, (_, words) in enumerate(lives, 1):
            came = ""
            for step, to in enumerate(words.split()):
                facts = {**said, "life": life, "came": came, "to": to, "step": step * 4}
                for statement in ([MOVE] if came else []) + [KEEP_MOVE, KEEP_EVENT]:
                    cursor.execute(statement, facts)
                came = to
        cursor.execute(ANSWER, said)
        cursor.execute(NOTE, said)
        cursor.execute("DROP TABLE draft, lived")


def _welcome_staff(district: District, since: date) -> None:
    """Everybody who works at a school can sign in: teachers, one coordinator, one counselor."""
    teaching = set(
        SectionMember.objects.filter(role="teacher").values_list("person", flat=True).distinct()
    )
    named = [BY_KEY["rosa"].role, BY_KEY["amina"].role]
    wanted: dict[int, list[str]] = {
        school.pk: [
            role for role in named if not Membership.objects.filter(school=school, role=role)
        ]
        for school in School.objects.all()
    }
    staff = list(
        Staff.objects.filter(person__user=None, school__isnull=False).select_related("person")
    )
    roles = []
    for worker in staff:
        if worker.pk in teaching:
            roles.append("teacher")
        else:
            roles.append((wanted[worker.school_id] or ["classified_staff"]).pop(0))
    users = User.objects.bulk_create(
        User(
            email=f"staff-{worker.pk}@aldervalley.example",
            name=worker.person.called,
            district=district,
            password="!",
        )
        for worker in staff
    )
    for worker, user in zip(staff, users, strict=True):
        worker.person.user = user
    Person.objects.bulk_update([worker.person for worker in staff], ["user"], batch_size=500)
    Membership.objects.bulk_create(
        Membership(district=district, user=user, role=role, school_id=worker.school_id,
                   starts=since)
        for worker, user, role in zip(staff, users, roles, strict=True)
    )  # fmt: skip
