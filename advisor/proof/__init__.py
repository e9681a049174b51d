"""The rules as logic: what is so for every answer."""
