"""What the flow asks of the world, in narrow Protocols. A wish for a sixth method on one is a design question."""
