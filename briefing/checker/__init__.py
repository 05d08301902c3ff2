"""The checker: claims of a brief, their verdicts, and what the brief leaves out. Pure."""
