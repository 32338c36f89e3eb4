"""Typical cases, and what must not stand in them."""
