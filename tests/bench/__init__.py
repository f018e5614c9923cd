"""How fast the store is, over what the same machine allows at best."""
