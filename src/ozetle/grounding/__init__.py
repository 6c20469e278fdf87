"""From a draft to verified events; what the article does not bear out is rejected with a reason."""
