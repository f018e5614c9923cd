"""The real server killed under load: what it acknowledged is there, once, and everybody agrees."""
