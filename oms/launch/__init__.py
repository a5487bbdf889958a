"""The commands behind bin/: set-up steps, the supervisor, one process each."""
