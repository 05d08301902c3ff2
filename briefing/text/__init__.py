"""Reading text: cleaning, sentences, quantities, dates and names. Pure: no I/O but packaged word tables."""
