"""Files to Source."""
