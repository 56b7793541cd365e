"""Judging: one opinion per file, and one place where they add up."""
