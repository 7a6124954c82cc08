"""What may be published of a table of counts, and what a published table gives away.

Plain Python over NumPy, SciPy and HiGHS: no Django, no database, no names of people.

**Protect.** A table is its inner cells; every margin of it is a cell too, `TOTAL` stands for a
margin, and a hierarchy puts codes under codes (school under area, grade under span):

    table = Table.of(
        ("school", "race", "program"),
        {("Oak", "A", "yes"): 14, ("Oak", "A", "no"): 40, ("Elm", "B", "yes"): 3, ...},
        hierarchies={"school": {"Oak": "North", "Elm": "North"}},
        margins=[("school", "race"), ("school", "program")],   # linked tables; None: all of it
    )
    done = protect(table, Rule(at_least=11, width=3), earlier=last_month, held=held)
    done.status("Oak", "A", TOTAL)    # Status.SHOWN, WITHHELD_PRIMARY or WITHHELD_SECONDARY
    done.shown()                      # {cell: count}: what may be printed, and kept in the ledger

A rate is a table with one more dimension, so that numerator, complement and denominator stand and
fall together; `rates(dims, numerators, denominators)` makes it, and a rate may be shown where all
three cells are:

    table = rates(("school", "race"), numerators, denominators)
    done = protect(table, Rule(at_least=11, outcome=OUTCOME))

**Ledger.** What went out before is an input. `earlier` holds the cells shown at another date
({cell: count}): a cell that has changed by fewer than `at_least` since then is withheld, with the
reason `Reason.CHANGE`, so that a page may go on showing the earlier figure with its date. `held`
holds figures about the *same* people under any filter (`Held(where={"race": ("A", "B")})`): they
count as known, and a difference between them and a cell of this table may not be a small count.

**Audit.** `audit(dims, shown, withheld)` attacks a table as printed and lists the withheld cells
that can be recovered exactly or pinned within `narrower_than`, each with its arithmetic:

    assert audit(table.dims, done.shown(), done.withheld()) == []
"""

from hearth.disclosure.audit import Recovered, audit
from hearth.disclosure.protect import Protected, protect
from hearth.disclosure.rule import Held, Reason, Rule, Status
from hearth.disclosure.table import OUTCOME, TOTAL, Cell, Table, TableFault, rates

__all__ = [
    "OUTCOME",
    "TOTAL",
    "Cell",
    "Held",
    "Protected",
    "Reason",
    "Recovered",
    "Rule",
    "Status",
    "Table",
    "TableFault",
    "audit",
    "protect",
    "rates",
]
