"""How fast publishing is, beside other static site generators on the same texts."""
