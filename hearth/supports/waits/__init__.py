"""What waits on a user, one file per noun; `today` puts them together."""
