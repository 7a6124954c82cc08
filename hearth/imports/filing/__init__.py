"""Filing: what extracts say goes into the tables, row for row, and can be taken back.

A file of this kind says of some rows how they are; `known` finds who is meant, `plan` compares with
what stands, `apply` writes only what differs, and `undo` puts back exactly what was.
"""
