"""Causes, signs, blood tests and follow-up: pure."""
