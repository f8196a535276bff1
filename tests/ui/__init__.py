"""Tests of the pages without a browser: escaping, words, tokens, drawings, desks, the server's doors."""
