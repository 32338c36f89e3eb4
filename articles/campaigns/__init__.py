"""Campaigns and their events."""
