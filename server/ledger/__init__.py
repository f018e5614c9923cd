"""The memory of `sync`: revisions, records, feeds, and the door to them."""

from server.ledger.epoch import StoreRestored
from server.ledger.ledger import Ledger, renewed
from server.ledger.routes import routes

__all__ = ["Ledger", "StoreRestored", "renewed", "routes"]
