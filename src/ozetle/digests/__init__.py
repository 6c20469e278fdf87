"""What comes out: the shapes of digests, translations, failures and merged events, and their schemas."""
