"""Scores of digests against gold, and of translations against references."""
