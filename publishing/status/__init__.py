"""What staff see and may do about the published sites of their portals."""
