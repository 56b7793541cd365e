"""The verbs: one step of a message's path per file."""
