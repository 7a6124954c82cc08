"""What one user may do and how far it reaches, read once a request from their memberships."""

from dataclasses import dataclass
from functools import cached_property

from hearth.access.permissions import May
from hearth.access.roles import ROLES, Reach


@dataclass(frozen=True)
class Post:
    """One membership as plain values."""

    role: str
    school_id: int | None


@dataclass(frozen=True)
class Standing:
    posts: tuple[Post, ...]

    @cached_property
    def may(self) -> frozenset[May]:
        return frozenset().union(*(ROLES[post.role].may for post in self.posts))

    @property
    def role_keys(self) -> list[str]:
        return [post.role for post in self.posts]

    def reaches(self, verb: May, reach: Reach) -> bool:
        """Does some membership carry this verb that far?"""
        return any(self._carries(post, verb, reach) for post in self.posts)

    def schools(self, verb: May) -> frozenset[int]:
        """The schools over which the verb holds for everybody, not only for a caseload."""
        return frozenset(
            post.school_id
            for post in self.posts
            if post.school_id and self._carries(post, verb, Reach.SCHOOL)
        )

    @staticmethod
    def _carries(post: Post, verb: May, reach: Reach) -> bool:
        role = ROLES[post.role]
        return verb in role.may and role.reach == reach
