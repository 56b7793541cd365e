"""The web's door: pages, an API, and what keeps both safe."""
