"""Whole stories in a real browser: given these people, when they do this, then that is seen."""
