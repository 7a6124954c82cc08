"""The pages of this room: the runs, bringing a file in, one run on its way, its rows and faults."""
