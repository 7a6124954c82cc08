"""The arithmetic of the measures: plain values in, plain values out."""
