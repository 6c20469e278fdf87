"""One event for all its reports, and where they contradict each other."""
