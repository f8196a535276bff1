"""Desks stand between the coach and the pages: they call the one and fill the views of the other."""
