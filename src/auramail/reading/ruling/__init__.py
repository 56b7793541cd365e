"""Sentences about what is to happen to which mail, in Ukrainian or English, as conditions and wishes."""
