"""Foreign keys checked by set, as migration steps: one comparison for each statement, whatever the
number of rows, where PostgreSQL's own check asks once for each row (see decision 0011).

A field whose key is held so says `db_constraint=False`, and its table gets `hold_keys(...)`.
"""

from django.db.migrations import RunSQL

# Both functions run as the tables' owner, so that the wall does not hide the row that is asked for.
# A key leads nowhere, too, when it leads into another district.
#
# Two transactions cannot slip past each other: who takes a parent away first locks the children's
# table against every writer, waits for those at work, and only then looks for children. What the
# others committed must be seen then; hence only READ COMMITTED will do.
FUNCTIONS = """
CREATE FUNCTION schools_only_committed() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'Keys are checked by set: only READ COMMITTED transactions may write here';
    END IF;
END $$;

CREATE FUNCTION schools_key_leads_somewhere() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    own text := TG_ARGV[0]; parent text := TG_ARGV[1]; key text := TG_ARGV[2];
    lost boolean;
BEGIN
    PERFORM schools_only_committed();
    EXECUTE format(
        'SELECT EXISTS (SELECT FROM written w WHERE w.%1$I IS NOT NULL AND NOT EXISTS ('
        'SELECT FROM %2$I p WHERE p.%3$I = w.%1$I AND p.district_id = w.district_id))',
        own, parent, key
    ) INTO lost;
    IF lost THEN
        RAISE foreign_key_violation USING
            MESSAGE = format('A row of %I points nowhere with its %I', TG_TABLE_NAME, own),
            TABLE = TG_TABLE_NAME, CONSTRAINT = TG_TABLE_NAME || '_' || own;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION schools_children_may_not_write() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM schools_only_committed();
    EXECUTE format('LOCK TABLE %I IN SHARE MODE', TG_ARGV[0]);
    RETURN NULL;
END $$;

CREATE FUNCTION schools_nobody_is_left_behind() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    child text := TG_ARGV[0]; own text := TG_ARGV[1]; key text := TG_ARGV[2];
    left_behind boolean;
BEGIN
    EXECUTE format(
        'SELECT EXISTS (SELECT FROM taken t JOIN %1$I c ON c.%2$I = t.%3$I)', child, own, key
    ) INTO left_behind;
    IF left_behind THEN
        RAISE foreign_key_violation USING
            MESSAGE = format('Rows of %I still point at a row of %I', child, TG_TABLE_NAME),
            TABLE = child, CONSTRAINT = child || '_' || own;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION schools_key_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE foreign_key_violation USING MESSAGE = format('A key of %I never changes', TG_TABLE_NAME);
END $$;

REVOKE EXECUTE ON FUNCTION schools_key_leads_somewhere(), schools_children_may_not_write(),
    schools_nobody_is_left_behind() FROM PUBLIC;
"""

NO_FUNCTIONS = """
DROP FUNCTION schools_key_leads_somewhere(), schools_children_may_not_write(),
    schools_nobody_is_left_behind(), schools_key_stays(), schools_only_committed();
"""


def hold_keys(child: str, **parents: tuple[str, str]) -> list[RunSQL]:
    """Let each named column of `child` lead to a row: hold_keys(table, column=(parent, key))."""
    return [RunSQL(*_held(child, column, parent, key)) for column, (parent, key) in parents.items()]


def _held(child: str, own: str, parent: str, key: str) -> tuple[str, str]:
    name = f"{child}_{own}"
    leads = f"EXECUTE FUNCTION schools_key_leads_somewhere('{own}', '{parent}', '{key}')"
    triggers = {
        f"{name}_new": (child, f"AFTER INSERT ON {child} REFERENCING NEW TABLE AS written {leads}"),
        f"{name}_old": (child, f"AFTER UPDATE ON {child} REFERENCING NEW TABLE AS written {leads}"),
        f"{name}_lock": (
            parent,
            f"BEFORE DELETE ON {parent} EXECUTE FUNCTION schools_children_may_not_write('{child}')",
        ),
        f"{name}_left": (
            parent,
            f"AFTER DELETE ON {parent} REFERENCING OLD TABLE AS taken "
            f"EXECUTE FUNCTION schools_nobody_is_left_behind('{child}', '{own}', '{key}')",
        ),
        f"{name}_stays": (
            parent,
            f"BEFORE UPDATE OF {key} ON {parent} FOR EACH ROW "
            f"WHEN (OLD.{key} <> NEW.{key}) EXECUTE FUNCTION schools_key_stays()",
        ),
    }
    make = "".join(f"CREATE TRIGGER {trigger} {how};" for trigger, (_, how) in triggers.items())
    drop = "".join(
        f"DROP TRIGGER {trigger} ON {table};" for trigger, (table, _) in triggers.items()
    )
    return make, drop
