"""Points, people and places as tables: template, export, import."""
