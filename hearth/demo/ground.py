"""May this database hold the demonstration? Only when nothing else lives in it."""

from hearth.schools.models import District


class NotADemo(Exception):
    """The database holds a real district. The text says what to do."""


def refuse_real_data() -> None:
    other = District.objects.filter(is_demo=False).count()
    if other:
        raise NotADemo(
            f"This database holds {other} district(s) that are not the demonstration, and "
            "demonstration mode lets anybody in with one click, so it will not start here. Set "
            "HEARTH_DATA to an empty folder, or leave out HEARTH_MODE=demo."
        )
