"""Peipao 陪跑: from a visit recording to a coached rep. Importing this package does nothing."""

__version__ = "0.1.0"
