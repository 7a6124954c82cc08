"""The verbs of this room; the only place where people write."""
