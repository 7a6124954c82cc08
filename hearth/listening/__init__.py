"""Listening: what students, families, staff and partners say about their school, and what comes
back to them.

Words: listening project, guiding group, survey, question, box, page, window, invitation, kiosk.
Serves: commitment.shared_decisions, pillar.collaborative_leadership, practice.asset_mapping.
"""
