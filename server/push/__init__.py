"""Web push: what happened reaches whoever has to know, also with the app closed."""

from server.push.push import Push
from server.push.routes import routes

__all__ = ["Push", "routes"]
