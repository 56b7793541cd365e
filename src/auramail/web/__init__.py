"""The web's door."""
