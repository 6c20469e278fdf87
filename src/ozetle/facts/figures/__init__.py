"""Figures: amounts of money, shares, counts and measures, with value and unit."""
