"""The drawing kit of the demo pictures."""
