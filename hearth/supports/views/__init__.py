"""The pages of this room: asking, the board, one referral, and the acts on it."""
