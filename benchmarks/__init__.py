"""What is measured, and against whom. Never part of the tests: absolute times do not travel."""
