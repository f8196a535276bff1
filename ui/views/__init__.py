"""What each page shows, as small frozen records of plain text; desks fill them, parts draw them."""
