"""Decisions out of plain values."""
