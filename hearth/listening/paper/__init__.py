"""What is printed: posters, and surveys on paper."""
