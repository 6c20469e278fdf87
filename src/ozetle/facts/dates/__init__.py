"""Dates and periods, resolved by the day of publication."""
