"""Checks of a translated sentence against its source, without a model."""
