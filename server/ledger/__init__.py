"""The memory of `sync`: revisions, records, feeds, and the door to them."""

from server.ledger.door import PATH, Door
from server.ledger.epoch import StoreRestored
from server.ledger.following import Following
from server.ledger.ledger import Ledger, renewed
from server.ledger.looking import routes as looking
from server.ledger.recovery import Recovered, recovered
from server.ledger.routes import routes as exchanging

routes = [*exchanging, *looking]

__all__ = [
    "PATH",
    "Door",
    "Following",
    "Ledger",
    "Recovered",
    "StoreRestored",
    "recovered",
    "renewed",
    "routes",
]
