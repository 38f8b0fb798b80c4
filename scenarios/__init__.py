"""A scenario is a question put to a territory; this folder ships the questions and the territories."""
