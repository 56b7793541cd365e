"""The API: what the pages do, for programs, described by OpenAPI."""
