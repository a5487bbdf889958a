"""Which error texts people get to read, and how often: the ones to reword, or to make needless."""
