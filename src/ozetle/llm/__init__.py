"""Questions to language models and their raw answers. Knows nothing of news."""
