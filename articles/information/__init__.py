"""Standard pages: duties, leaders, disclosure, statements."""
