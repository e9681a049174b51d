"""A case and the rules -> what fired, and what was decided."""
