"""One person's input, parsed and checked."""
