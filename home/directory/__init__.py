"""Where people find legal help: service points, people, registers. Pure and table code."""
