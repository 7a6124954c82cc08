from django.db import migrations

# No accents, no case, no invisible marks. Then the letters that Unicode does not take apart.
FOLD = r"""
CREATE FUNCTION people_fold(typed text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN replace(replace(replace(lower(translate(
    regexp_replace(normalize(coalesce(typed, ''), NFKD),
        U&'[\0300-\036F\0591-\05C7\064B-\0655\200B-\200F\202A-\202E\2060-\2069\FEFF]', '', 'g'),
    'đĐøØłŁıðÐħĦ', 'dDoOlLidDhH')), 'æ', 'ae'), 'œ', 'oe'), 'ß', 'ss');
"""

# JOINS may stand inside a name and be left out by whoever types it; BREAKS never belong to one.
# A name such as "García-O'Brien" is found as garcia, obrien, o, brien and garciaobrien.
# No word is longer than 60 letters: PostgreSQL refuses a word of more than 2,046 bytes.
APOSTROPHES = "''‘’ʼʻʹ`´′."
JOINS = rf"{APOSTROPHES}\-‐‑‒–"
BREAKS = r'\s"“”«»,;:&|!()<>*\\/_@'

# PL/pgSQL, because a plan of its own for every row made loading a roster five times slower here.
NAME_WORDS = rf"""
CREATE FUNCTION people_name_words(given text, middle text, family text, preferred text)
RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    whole text := public.people_fold(given || ' ' || middle || ' ' || family || ' ' || preferred);
BEGIN
    whole := regexp_replace(whole, '[{BREAKS}]+', ' ', 'g');
    IF whole ~ '[{JOINS}]' THEN
        whole := concat_ws(' ',
            regexp_replace(whole, '[{JOINS}]', ' ', 'g'),
            regexp_replace(whole, '[{JOINS}]', '', 'g'),
            regexp_replace(
                regexp_replace(whole, '[{APOSTROPHES}]', '', 'g'), '[{JOINS}]', ' ', 'g'));
    END IF;
    IF length(whole) > 60 THEN
        whole := regexp_replace(whole, '([^ ]{{60}})[^ ]+', '\1', 'g');
    END IF;
    RETURN array_to_tsvector(array_remove(string_to_array(whole, ' '), ''));
END $$;
"""

# Every word must begin a word of the name; one with a hyphen or an apostrophe may be read whole,
# or in parts, since nobody remembers which of them a family uses.
NAME_QUERY = rf"""
CREATE FUNCTION people_all_begin(words text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    SELECT '(' || string_agg('''' || left(word, 60) || ''':*', ' & ') || ')'
    FROM regexp_split_to_table(words, ' +') AS word WHERE word <> ''
);
CREATE FUNCTION people_name_query(typed text) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    SELECT coalesce(string_agg(
        CASE WHEN word ~ '[{JOINS}]' THEN '(' || concat_ws(' | ',
            people_all_begin(regexp_replace(word, '[{JOINS}]', ' ', 'g')),
            people_all_begin(regexp_replace(word, '[{JOINS}]', '', 'g')),
            people_all_begin(regexp_replace(
                regexp_replace(word, '[{APOSTROPHES}]', '', 'g'), '[{JOINS}]', ' ', 'g'))) || ')'
        ELSE people_all_begin(word) END, ' & '), '')::tsquery
    FROM regexp_split_to_table(people_fold(left(typed, 200)), '[{BREAKS}]+') AS word
    WHERE regexp_replace(word, '[{JOINS}]', '', 'g') <> ''
);
"""


class Migration(migrations.Migration):
    """How a name becomes words to search: made before the table whose column calls it."""

    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(FOLD, "DROP FUNCTION people_fold(text)"),
        migrations.RunSQL(NAME_WORDS, "DROP FUNCTION people_name_words(text, text, text, text)"),
        migrations.RunSQL(
            NAME_QUERY,
            "DROP FUNCTION people_name_query(text); DROP FUNCTION people_all_begin(text)",
        ),
    ]
