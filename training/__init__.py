"""Training of the shipped readers: `./run train --data DIR`. Needs the development packages; never runs in the product."""
