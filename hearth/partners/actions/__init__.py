"""The verbs; the only place where people write."""
