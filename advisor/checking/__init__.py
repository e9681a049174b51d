"""Whether the knowledge does what its scenarios and claims expect."""
