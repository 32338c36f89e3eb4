"""The admin's own search, made to understand Chinese: one backend per place of its index.

Wagtail's backends hand whole texts to SQLite, PostgreSQL or Elasticsearch, none of which
knows where a Chinese word ends. Ours hand over tokens of the one analysis
(``search.analysis``) with spaces between, for the index and for queries.
"""
