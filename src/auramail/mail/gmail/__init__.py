"""Gmail over its REST interface, only the methods AuraMail allows itself."""
