"""The desk: the Django project. Everything with a database, a person or a clock.

Its apps are slices, each with `models.py` (rows and constraints), `actions.py` (every write, in one transaction,
with its audit row and a `by=`), `queries.py` (reads) and thin views. Imports go one way:
cases → listening → intake → plans → accounts → audit.
"""
