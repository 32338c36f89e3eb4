"""The words of the interface: catalogs, and how a message finds its translation."""
