"""Taking in files of orders: what their columns mean, which documents their rows make, and the account of it all.

The path of a file: `run` → `oms.tables` (what is it, header and rows, which preset, which column is what) → `stage`
(rows of one document together) → a preset's reader (rows → documents) → `load` (one transaction a chunk) → `settle`
(documents → books) → `account`.
"""
