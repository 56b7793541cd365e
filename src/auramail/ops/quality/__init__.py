"""Quality: how good decisions are, measured against what a person says about the same mail."""
