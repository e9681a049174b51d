"""Questions and answers: what is asked next, and where it is kept."""
