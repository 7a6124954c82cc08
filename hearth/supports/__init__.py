"""Supports for students: somebody asks, the team answers, a service begins, and everybody hears.

Words: referral, referrer, strength, concern, domain, urgency, triage, owner, next date, service,
linked, monitoring, answer, note, restricted note, move.
Serves: pillar.integrated_supports, condition.supports, commitment.assets.
"""
