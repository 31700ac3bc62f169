"""The readers: what a text says, from hashed n-grams and lexical knowledge.

texts → layout.py (one buffer of code points) → features.py (hashed n-grams) → linear.py (integer weights)
                                              → lexicon.py (stems and phrases, negation, spans)
      → fast.py (joins the two) → Readings
"""
