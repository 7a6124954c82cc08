"""Read and render, or form, verb, redirect."""
