"""The Discord face: the only place that knows Discord."""
