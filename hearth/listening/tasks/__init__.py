"""Work for the worker: what is done when its day comes, with nobody at the keyboard."""
