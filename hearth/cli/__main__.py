"""`python -m hearth.cli` is `hearth`, for processes that Hearth starts itself."""

from hearth.cli.entry import main

main(prog_name="hearth")
