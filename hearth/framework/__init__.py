"""The framework: what a California community school sets out to be, as reviewed data.

Every list lives in a TOML file beside this one, with where it was read and in which year. Rooms
carry element keys such as `pillar.integrated_supports`; nothing here has a table, so a new year's
form is a reviewed change of data and never a migration. What a source leaves unsaid stays unsaid:
a family knows how many entries its source speaks of, and how many of them we do not know.
"""
