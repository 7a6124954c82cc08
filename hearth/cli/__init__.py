"""The one command-line entry, `hearth`."""
