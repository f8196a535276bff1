"""Office files and PDFs from outside: looked at first, then taken apart in a bounded process of their own."""
