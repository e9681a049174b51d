"""All that a client with open questions may yet turn out to be."""
