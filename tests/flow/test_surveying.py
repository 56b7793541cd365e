"""Mail that a search settles is filed without being read, and nothing that anybody may care about is among it."""
