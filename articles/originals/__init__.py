"""Imported documents: their files, drafts and findings."""
