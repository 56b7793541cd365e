"""AuraMail: a self-hosted organiser for Gmail that explains and undoes everything it does."""

__version__ = "0.1.0"
