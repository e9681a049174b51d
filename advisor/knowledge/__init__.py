"""What authors wrote, read and held to its word."""
