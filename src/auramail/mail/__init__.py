"""Mailboxes: each file or folder speaks one of their languages."""
