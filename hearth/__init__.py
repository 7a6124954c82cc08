"""Hearth: the software a community school runs on."""
