"""`hearth make-key` and `hearth make-signing-key`."""

import click
from cryptography.fernet import Fernet
from django.conf import settings

from hearth.kit import signing


@click.command()
def make_key() -> None:
    """Print a fresh key for HEARTH_FILE_KEY. Keep it: without it kept files cannot be read."""
    click.echo(Fernet.generate_key().decode())


@click.command()
def make_signing_key() -> None:
    """Make the key that signs the county's export, in HEARTH_DATA/secrets; print the public one."""
    data = settings.HEARTH.data
    try:
        file = signing.make(data)
    except FileExistsError:
        raise click.ClickException("There is a key already. It is never written over.") from None
    click.echo(f"Made {file}. Give this to whoever checks, once, by another way than the files:")
    click.echo(signing.public_key(data))
