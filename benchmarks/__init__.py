"""Measurements as commands: each prints JSON lines."""
