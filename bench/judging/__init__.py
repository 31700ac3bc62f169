"""The parts of bench/judgement.py: figures, anchors, readers that have not seen the post, sets, rows, mistakes."""
