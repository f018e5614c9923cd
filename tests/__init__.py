"""What people may count on."""
