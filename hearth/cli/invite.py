"""`hearth invite`: a district's first person, before anybody can invite from a page."""

import click

from hearth.access.actions import welcome_first
from hearth.access.links import link_for
from hearth.access.rules import NotAllowed
from hearth.schools.acting import acting_for
from hearth.schools.models import District


@click.command()
@click.argument("email")
@click.argument("name")
@click.option("--district", help="The district's name, when there is more than one.")
def invite(email: str, name: str, district: str | None) -> None:
    """Make NAME, reached at EMAIL, the district's first lead, and print the link that lets them in.

    From then on people are invited from the page "People here".
    """
    found = _choose(district)
    try:
        with acting_for(found.pk):
            user = welcome_first(email=email, name=name, district=found)
    except NotAllowed as trouble:
        raise click.ClickException(str(trouble)) from None
    click.echo(f"{name} leads {found.name} now. This link works once, for seven days:")
    click.echo(link_for(user))


def _choose(name: str | None) -> District:
    districts = District.objects.order_by("name")
    found = [d for d in districts if name is None or d.name.lower() == name.lower()]
    if len(found) == 1:
        return found[0]
    known = ", ".join(d.name for d in districts) or "none yet; load a roster first"
    raise click.ClickException(f"Say --district and one of these: {known}.")
