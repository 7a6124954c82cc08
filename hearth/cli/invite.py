"""`hearth invite`: the first person of a district, before anybody can invite from a page."""

import click
