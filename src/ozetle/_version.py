"""The package version, read by the build and reported in every digest."""

__version__ = "0.1.0"
