"""What France publishes about a territory is files that anybody may download: one reader each, nothing guessed."""
