"""The pages of numbers, one file per noun."""
