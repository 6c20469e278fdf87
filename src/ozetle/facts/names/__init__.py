"""Names of people and organisations, with titles."""
