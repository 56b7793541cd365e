"""The queue, the embedded Redis, and limits shared by workers."""
