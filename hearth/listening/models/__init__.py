"""The tables of this room, one file per noun."""

from hearth.listening.models.project import ListeningProject, ProjectDay

__all__ = ["ListeningProject", "ProjectDay"]
