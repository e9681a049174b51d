"""Plain data -> text, Markdown and graphs."""
