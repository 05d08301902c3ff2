"""Turn news articles into checked intelligence briefs."""
