"""Care: logs, numbers, health, and the doctor."""
