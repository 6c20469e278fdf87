"""Countries, their inhabitants and languages, and blocs of countries."""
