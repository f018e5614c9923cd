"""Cases as data: whatever exists in two languages answers to one file of them."""
