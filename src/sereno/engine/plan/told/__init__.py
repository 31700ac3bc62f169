"""The plan in plain words, a file for each kind of part; `engine.plan.explain` puts them together."""
