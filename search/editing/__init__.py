"""What editors do with the search of their portal, in Wagtail's admin."""
