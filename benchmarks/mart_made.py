"""A made district, in the tables that a build fills from the database. Random numbers, nobody."""

MADE = """
CREATE TABLE roster AS
SELECT (hash(i, 1) >> 2)::BIGINT AS student, (i % {schools})::INTEGER + 1 AS school,
    lpad((1 + (i // {schools}) % 12)::VARCHAR, 2, '0') AS grade
FROM range({students}) t(i);
CREATE TABLE identities AS
SELECT student, DATE '2020-08-01' AS valid_from,
    ['F','M','X'][1 + (hash(student, 2) % 40 // 19)::INT]
    AS gender, hash(student, 3) % 100 < 55 AS hispanic,
    ['100','201','600','400','301','700','700 201',''][1 + (hash(student, 4) % 8)::INT] AS races
FROM roster;
CREATE TABLE languages AS
SELECT student, ['en','es','vi','zh','tl'][1 + (hash(student, 5) % 5)::INT] AS language FROM roster;
CREATE TABLE programs AS
SELECT student, p.name AS program, DATE '2024-08-01' AS starts, NULL::DATE AS ends
FROM roster, (VALUES ('english_learner', 20), ('disability', 14), ('disadvantaged', 60),
    ('foster', 1), ('homeless', 4)) p(name, share)
WHERE hash(student, p.name) % 100 < p.share;
CREATE TABLE stays AS
SELECT student, school, NULL::DATE AS ends, grade, '' AS exit_code,
    CASE WHEN hash(student, 7) % 50 = 0 THEN DATE '2025-11-01' ELSE DATE '2025-08-11' END AS starts,
    hash(student, 6) % 200 = 0 AS exempt
FROM roster
UNION ALL BY NAME  -- one in fifty came from another school in November
SELECT student, school % {schools} + 1 AS school, DATE '2025-08-11' AS starts,
    DATE '2025-10-31' AS ends, grade, 'T160' AS exit_code, false AS exempt
FROM roster WHERE hash(student, 7) % 50 = 0;
CREATE TABLE totals (student BIGINT, school INTEGER, year SMALLINT, expected DECIMAL(7,2),
    attended DECIMAL(7,2), excused DECIMAL(7,2), unexcused DECIMAL(7,2), suspended DECIMAL(7,2),
    in_school DECIMAL(7,2), independent DECIMAL(7,2), independent_missed DECIMAL(7,2),
    exempt BOOLEAN);
CREATE TABLE parts (student BIGINT, school INTEGER, day DATE, incident BIGINT, offenses VARCHAR,
    result SMALLINT, days DOUBLE, minutes INTEGER);
CREATE TABLE referrals (student BIGINT, school INTEGER, need VARCHAR, opened DATE, answer_due DATE,
    answered DATE, linked DATE, closed DATE);
CREATE TABLE tiers (student BIGINT, school INTEGER, domain VARCHAR, tier TINYINT, starts DATE,
    ends DATE);
CREATE TABLE asked_of_partners (student BIGINT, school INTEGER, number BIGINT, need VARCHAR,
    sent DATE, state VARCHAR, declined_because VARCHAR, met VARCHAR, due DATE, linked DATE);
CREATE TABLE reviews (student BIGINT, school INTEGER, began SMALLINT);
CREATE TABLE posts (student BIGINT, school INTEGER, title VARCHAR);
CREATE TABLE school_days AS SELECT unnest({days}::DATE[]) AS day;
"""
A_DAY = """
SELECT student, school, day, CASE WHEN n >= often THEN 0 ELSE 1 + n % 6 END::TINYINT AS kind,
    NULL::SMALLINT AS minutes
FROM (SELECT s.student, s.school, d.day, 20 + hash(s.student, 8) % 400 AS often,
        hash(s.student, d.day) % 2000 AS n
    FROM stays s JOIN ({days}) d
        ON d.day >= s.starts AND d.day <= coalesce(s.ends, DATE '2100-01-01'))
"""
