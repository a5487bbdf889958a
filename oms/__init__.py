"""The project, and what every app needs."""
