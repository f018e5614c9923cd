"""The access log: who looked at what, and why. What it cannot note is not shown."""

from server.oversight.access_log import AccessLog
from server.oversight.chain import Broken, Proof, proven
from server.oversight.routes import routes

__all__ = ["AccessLog", "Broken", "Proof", "proven", "routes"]
