"""`hearth health`."""

import json
import sys

import click

from hearth.web.health import check


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def health(as_json: bool) -> None:
    """Say whether everything Hearth needs is well. Exits with 1 when something is not."""
    findings = check()
    if as_json:
        click.echo(json.dumps({f.what: {"well": f.well, "words": f.words} for f in findings}))
    else:
        for finding in findings:
            click.echo(
                f"{'well   ' if finding.well else 'NOT WELL'}  {finding.what}: {finding.words}"
            )
    sys.exit(0 if all(f.well for f in findings) else 1)
