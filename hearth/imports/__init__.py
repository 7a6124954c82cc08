"""Files come in: receive, check, preview, apply, undo.

Words: import run, bundle, bulk, delta, fault, note, preview, stop, undo.
"""

import os

# Polars keeps memory that it may need again. Half a million students must fit a small server, so
# what is free goes back at once; the library reads this only while it is first loaded.
os.environ.setdefault(
    "_RJEM_MALLOC_CONF", "background_thread:true,dirty_decay_ms:200,muzzy_decay_ms:0"
)
