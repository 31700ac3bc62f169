"""Every judgement beside VADER, TextBlob and TF-IDF, in one run: ./run bench judgement --data DIR

Inside: seeds and public English complaints, each post read by readers fitted without its sector or domain; TF-IDF
learns and reads on the same folds. Outside: sets that nobody here learns from, read by the shipped readers. Encoders
without each fold take an hour or more to fit; they are used where `./run train` has left their scores in `--work`, and
the bench says so where it has not.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that it also starts as a file

from bench.judging.run import run

if __name__ == "__main__":
    run(__doc__)
