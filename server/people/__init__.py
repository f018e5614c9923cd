"""Who is asking: accounts, devices and sessions."""

from server.people.accounts import Account, Accounts
from server.people.gate import Gate
from server.people.names import Names
from server.people.passwords import Passwords
from server.people.revoking import end_all, hold_to, owner_of
from server.people.routes import routes
from server.people.standing import Standing

__all__ = [
    "Account",
    "Accounts",
    "Gate",
    "Names",
    "Passwords",
    "Standing",
    "end_all",
    "hold_to",
    "owner_of",
    "routes",
]
