"""Files come in: receive, check, preview, apply, undo.

Words: import run, bundle, bulk, delta, fault, note, preview, stop, undo.
"""
