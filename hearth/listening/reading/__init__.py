"""Rows read and put in order for pages and papers; writes nothing."""
