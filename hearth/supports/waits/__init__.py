"""What waits on a user, one file per noun; `front.today` puts them together."""
