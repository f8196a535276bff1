"""What programs may ask, by a person's token or on one's own machine: JSON, the same rows as on that person's pages."""
