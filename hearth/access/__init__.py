"""Who may do what, to which rows, and why: user, membership, roles, permissions, the gate.

Words: user, membership, role, reach, ground, the gate, view-as, invitation.
"""
