"""Alder Valley Unified: an invented district to learn on, to test with and to measure with.

Everything here is plain Python that writes files: a OneRoster 1.2 bundle, a school calendar, and
stories of referrals. The files then come in through the same importers as any real district's.

No person here is real. How many there are of whom follows California's public figures, named with
their sources in `shares.toml`; what nobody publishes is invented and says so there.
"""
