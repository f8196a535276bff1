"""Parts of a page as escaped HTML: every function takes plain records and gives `markupsafe.Markup`.

Text reaches HTML only through `Markup.format`, which escapes it; no part is an f-string (a test looks).
"""
