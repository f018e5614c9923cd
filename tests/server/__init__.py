"""Tests of the server: its slices, its doors, and the store behind them."""
