"""A shipped territory is compiled from public files or invented, always by a script anybody can run again."""
