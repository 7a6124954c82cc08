"""`hearth prepare`."""

import click
from django.conf import settings

from hearth.web.prepare import prepare_database


@click.command()
def prepare() -> None:
    """Bring the database to this version: make the application's role, its rights, the tables.

    Works as the role in DATABASE_OWNER_URL. Run it before each new version is served.
    """
    if settings.HEARTH.is_production and not settings.HEARTH.owner_url:
        raise click.ClickException("Set DATABASE_OWNER_URL: only the owner can make tables.")
    prepare_database(verbosity=1)
    click.echo("The database is ready.")
