"""The crisis plan: its model, its loading from YAML, its checks, its explanation."""
