"""What language models are asked, in versioned texts, and how their answers are read: one module for each purpose."""
