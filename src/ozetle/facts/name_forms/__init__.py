"""The forms of one name: inflected, abbreviated, transliterated; and whether two forms are of one name."""
