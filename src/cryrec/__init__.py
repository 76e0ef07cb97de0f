"""cryrec: pick the sad anime for the cry you want, in the time you have."""

__version__ = "0.1.0"
