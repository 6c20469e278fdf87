"""One module for each command, and for each group of commands."""
