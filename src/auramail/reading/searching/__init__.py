"""Requests for mail, typed or spoken in Ukrainian or English, as queries in Gmail's search language."""
