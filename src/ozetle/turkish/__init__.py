"""The Turkish language: inflection, verb forms, collation, and whether a text is sound."""
