"""A consultation -> why, why not, how sure, and what if, as plain data."""
