"""A whole address pasted as one text, taken apart into fields. Pure: text in, `Parsed` out."""
