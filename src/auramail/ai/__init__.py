"""Language models behind one method: each file speaks to one kind of server."""
