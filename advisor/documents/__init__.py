"""The strategy as files to edit, print and plan with."""
