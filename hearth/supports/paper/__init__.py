"""What is drawn or printed: a measure, a plan, a poster, the sheets of a new team."""
