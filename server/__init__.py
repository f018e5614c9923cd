"""The server: gives the contract a memory and a door."""
