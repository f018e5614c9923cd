"""The memory of `sync`: revisions, records, feeds, and the door to them."""

from server.ledger.epoch import StoreRestored
from server.ledger.ledger import Ledger
from server.ledger.routes import router

__all__ = ["Ledger", "StoreRestored", "router"]
