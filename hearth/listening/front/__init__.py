"""What the house's own pages show of this room."""
