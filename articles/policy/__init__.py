"""Official documents, their interpretations and the catalogue."""
