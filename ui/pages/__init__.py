"""One page a file: its regions, its layout, and which act asks which desk."""
