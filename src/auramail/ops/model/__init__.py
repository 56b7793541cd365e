"""The language model of an installation: where it runs, whether it answers, how it stands for an account."""
