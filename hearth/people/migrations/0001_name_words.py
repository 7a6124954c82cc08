from django.db import migrations

# Letters that Unicode does not take apart into a base and a mark.
FOLD = r"""
CREATE FUNCTION people_fold(typed text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN lower(translate(
    regexp_replace(normalize(coalesce(typed, ''), NFKD), U&'[\0300-\036F]', '', 'g'),
    'đĐøØłŁıæÆœŒ', 'dDoOlLiaAoO'));
"""

# A name such as "García-O'Brien" is found as garcia, obrien, o, brien and garciaobrien.
NAME_WORDS = r"""
CREATE FUNCTION people_name_words(given text, middle text, family text, preferred text)
RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    SELECT array_to_tsvector(array_remove(regexp_split_to_array(
        CASE WHEN whole ~ '[''’ʼ`-]' THEN
            regexp_replace(whole, '[''’ʼ`-]', ' ', 'g') || ' ' ||
            regexp_replace(whole, '[''’ʼ`-]', '', 'g') || ' ' ||
            replace(regexp_replace(whole, '[''’ʼ`]', '', 'g'), '-', ' ')
        ELSE whole END, '\s+'), ''))
    FROM (SELECT people_fold(
        given || ' ' || middle || ' ' || family || ' ' || preferred) AS whole) AS name
);
"""

NAME_QUERY = r"""
CREATE FUNCTION people_name_query(typed text) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    SELECT coalesce(string_agg('''' || word || ''':*', ' & '), '')::tsquery
    FROM regexp_split_to_table(
        translate(people_fold(typed), '''’ʼ`-\:&|!()<>*",.', ''), '\s+') AS word
    WHERE word <> ''
);
"""


class Migration(migrations.Migration):
    """How a name becomes words to search: made before the table whose column calls it."""

    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(FOLD, "DROP FUNCTION people_fold(text)"),
        migrations.RunSQL(NAME_WORDS, "DROP FUNCTION people_name_words(text, text, text, text)"),
        migrations.RunSQL(NAME_QUERY, "DROP FUNCTION people_name_query(text)"),
    ]
