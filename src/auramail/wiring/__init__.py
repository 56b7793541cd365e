"""Joinery: the only room that knows every other; settings become a house, and the doors are handed its keys."""
