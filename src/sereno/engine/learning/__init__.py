"""Fitting a brand's correction to what its team decided, and measuring it on decisions it has not seen (ADR 13).

A person overrules a light, not a reading. So each decision is first asked of the plan (`asked.py`): with which small
change of the reading would the plan have said what the person said? What those changes have in common is what the
weights are fitted to. Where no change would do, the decision cannot be taught, and the software says how many.

Fitting (`regression.py`) is ridge-shrunken logistic regression on top of what the reader said. It is deterministic, and
made for dozens to hundreds of decisions, not for thousands.
"""
