"""The editorial team's set-up: who may do what, the review, and the dashboard."""
