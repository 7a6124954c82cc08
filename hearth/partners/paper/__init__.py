"""What is drawn or printed."""
