"""Tests that drive a real Chromium against a real `coach serve`."""
