"""By what a row that a form made is known again: sent twice, a form makes one row."""

from collections.abc import Mapping
from uuid import UUID, uuid4, uuid5


def key_for(form: UUID | None, on: int, said: Mapping[str, object], *also: object) -> UUID:
    """Of the form and its words: other words, as after Back, are another row. `on` is what it hangs
    on, so that the key of one place finds no row of another. Without a form it is a row anyway."""
    return uuid5(form, repr((on, sorted(said.items()), also))) if form else uuid4()
