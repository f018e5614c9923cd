"""How a kind of record says what it is made of, who may touch it and how its edits merge."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import cached_property

from msgspec import Struct

from sync.change import Held
from sync.record import Body
from sync.roles import Actor, Role


class Rule(StrEnum):
    """How two edits of one atom become one (protocol.md, decision 6)."""

    STORE_ORDER = "store_order"
    LATEST = "latest"
    UNION = "union"
    FURTHEST = "furthest"
    EARLIEST = "earliest"
    HIGHEST = "highest"
    ASK = "ask"


class Atom(Struct, frozen=True):
    """Fields that only make sense together: the unit of merging.

    `steps` is for `FURTHEST`: from each state, the states that may follow it.
    """

    fields: tuple[str, ...]
    rule: Rule
    why: str
    steps: Mapping[str, tuple[str, ...]] = {}


class Verb(StrEnum):
    """What a role may do with a kind."""

    CREATE = "create"
    READ = "read"
    OPEN = "open"
    """Read one record when he says why; it is logged. It is in none of his feeds."""
    CHANGE = "change"
    APPROVE = "approve"


class Scope(StrEnum):
    """Whose records a right reaches."""

    OWN = "own"
    SHIFT = "shift"
    FORMATION = "formation"
    DISTRICT = "district"
    ALL = "all"


class Right(Struct, frozen=True):
    """One line of a kind's rights: a verb, how far it reaches, and which atoms it may touch.

    No `atoms` means all of them.
    """

    verb: Verb
    scope: Scope
    atoms: tuple[str, ...] = ()


Facts = Mapping[str, Sequence[Held]]
"""What the store supplies for a kind's `needs`: feed name to the records that it holds."""


class Kind(Struct, frozen=True, dict=True):
    """A kind of record as the protocol sees it: everything but the meaning of its body."""

    name: str
    shape: type[Struct]
    atoms: Mapping[str, Atom]
    filed: tuple[tuple[str, str], ...]
    """Its feeds as (sort of scope, field that names it): ("district", "district"). The city has
    no field; the field "id" is the record itself."""
    period: str
    """`-` for ever, `arrival` by the day of version 1, `day` by the body's own day."""
    rights: Mapping[Role, tuple[Right, ...]] = {}
    """Who may do what with it: given by the catalogue."""
    owner: str = ""
    """The field that names the person whose own record it is."""
    needs: Callable[[Body], list[str]] | None = None
    """Names of the feeds that `check` wants to see, read inside the write transaction."""
    check: Callable[[Body, Held | None, Actor, Facts], str] = lambda *_: ""
    """A code of `faults.OUTCOME` where the body breaks a rule that a shape cannot say."""
    signed: Callable[[Body], tuple[str, ...] | None] = lambda *_: None
    """Once signed, the only atoms that may still change; None while unsigned."""

    @cached_property
    def fields(self) -> frozenset[str]:
        """The fields of all its atoms: nothing else may be written."""
        return frozenset(field for atom in self.atoms.values() for field in atom.fields)

    @cached_property
    def scopes(self) -> frozenset[str]:
        """The sorts of scope that its feeds use."""
        return frozenset(sort for sort, _ in self.filed)
