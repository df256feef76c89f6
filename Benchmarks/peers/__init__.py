"""The other contenders, each a program of its own that prints how long it took."""
