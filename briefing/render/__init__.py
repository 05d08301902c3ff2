"""Report to HTML and PDF."""
