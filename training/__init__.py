"""How judging/weights are made: invented mail in several languages, a trainer and a model card."""
