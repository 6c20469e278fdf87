"""The embedded model's weights: fetched, verified, kept in the user's cache folder."""
