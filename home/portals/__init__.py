"""The life of a portal: it opens, its people and states, it moves, and it ends."""
