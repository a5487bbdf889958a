"""The benchmarks: each runs the real code on a throw-away database beside a twin in plain SQL.

Absolute figures mean little on a shared machine; a ratio from one interleaved run does. So every
benchmark measures itself and its twin in turn, several rounds long, and is judged by the median of
the rounds' ratios. A benchmark whose correctness checks fail is void, however fast it was.
"""
