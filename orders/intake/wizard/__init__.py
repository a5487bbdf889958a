"""The import by screen, in steps that can be left and returned to.

`keep` (a file or pasted text → a draft with its rows, as they are) → `guess` (which column is what) → `check` (a
rehearsal of the import, in pieces) and `correct` (cells set right) → `start` (the import itself) → `undo`.
"""
