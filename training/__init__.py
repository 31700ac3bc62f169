"""Training of the shipped readers: `./run train --data DIR`. Needs the development packages; no part of the product."""
