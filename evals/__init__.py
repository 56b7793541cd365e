"""How good the decisions are: labelled sets written by hand, a runner, recorded scores. Not tests."""
