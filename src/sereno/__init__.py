"""Sereno listens to what people say about a brand, and gets the right person to answer well and in time."""

__version__ = "0.1.0"
