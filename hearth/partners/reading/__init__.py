"""Rows read and put in order for all of the above; writes nothing."""
