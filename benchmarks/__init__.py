"""How long the work takes, measured beside a peer in the same run; never asserted in a test."""
