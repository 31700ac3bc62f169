"""Mirabela: a fictional brand with its plan, its people, three days of past and half an hour of future, in three
languages. Every post was written by hand for this demo; nobody in it exists."""
