"""Demo content: texts as YAML, pictures and files made by code."""
