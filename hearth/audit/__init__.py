"""What was done, and who looked: two tables that nobody, not even Hearth, can change afterwards."""
