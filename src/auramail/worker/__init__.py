"""The worker's door: tasks, schedule, and what happens when they fail."""
