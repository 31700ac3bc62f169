"""`python -m sereno.careful`: the encoder's own process. Started by `EncoderProcess`; of no use by hand."""

import sys

from sereno.careful.process import serve

if __name__ == "__main__":
    sys.exit(serve())
