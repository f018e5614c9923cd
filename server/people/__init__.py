"""Who is asking: accounts, devices and sessions."""

from server.people.accounts import Account, Accounts
from server.people.gate import Gate
from server.people.passwords import Passwords
from server.people.routes import routes

__all__ = ["Account", "Accounts", "Gate", "Passwords", "routes"]
