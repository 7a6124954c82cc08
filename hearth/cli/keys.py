"""`hearth make-key`."""

import click
from cryptography.fernet import Fernet


@click.command()
def make_key() -> None:
    """Print a fresh key for HEARTH_FILE_KEY. Keep it: without it kept files cannot be read."""
    click.echo(Fernet.generate_key().decode())
