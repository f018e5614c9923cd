"""The rules of the house, which are too dull to ask of a reviewer."""
