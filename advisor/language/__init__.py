"""Values, conditions and answers in words."""
