"""Tables that people bring as files: what a file is, its header and rows as text, its columns, its cells."""
