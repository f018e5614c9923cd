"""The contract: what the records are, who may do what, and what becomes of a change."""
