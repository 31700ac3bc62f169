"""What `sereno replay` is made of: posts of a file → a past, cached → what is told of the difference."""
