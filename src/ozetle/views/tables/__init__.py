"""Digests as tables in long format, in CSV and Parquet."""
