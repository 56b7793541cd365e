"""The nouns: values of the standard library alone, shared by every room."""
