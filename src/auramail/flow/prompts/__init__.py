"""Prompts: what language models are asked, in versioned files, and how their answers are believed."""
