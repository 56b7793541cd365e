"""Guards: one suspicion per file; each looks at a message and says what it saw."""
