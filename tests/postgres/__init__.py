"""What only a real PostgreSQL shows, and what the project does on one."""
