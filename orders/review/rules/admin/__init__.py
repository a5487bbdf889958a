"""The editor of review rules in the administration: list, form, trial, publishing, versions. It calls verbs only."""
