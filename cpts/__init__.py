"""The doors through which people enter the simulator: a command line, later a dashboard."""
