"""Cairn: sharing a job search with friends, on the platforms they already use."""
