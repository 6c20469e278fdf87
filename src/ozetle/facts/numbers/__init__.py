"""Number words and digits of many languages, and the tokens that figures are read from."""
