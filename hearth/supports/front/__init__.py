"""What the house's own pages show of this room: Today, the student's page, what a family reads,
the search, the quilt. The floors above read here and in `waits`."""
