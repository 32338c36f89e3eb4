"""Portals in the admin: of the prefecture that looks after all, and of each county."""
