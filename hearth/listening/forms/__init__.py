"""What one person typed, parsed and checked."""
