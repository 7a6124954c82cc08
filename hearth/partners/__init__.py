"""Partners: who in the community offers what, where, when, for whom and in which language.

Words: organization, service, location, schedule, eligibility, capacity, directory, verified, stale,
correction.
Serves: pillar.integrated_supports, condition.supports, commitment.assets.
"""
