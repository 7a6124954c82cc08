"""Rows read and put in order for a page, a file or a verb. Nothing here writes."""
