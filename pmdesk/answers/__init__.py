"""What a page asks of the journal, in three rooms.

here and in `practices/`, figures with what they rest on; in `rows/`, how a record reads in a list and
what can be done with it; in `text/`, sentences, and what a typed line means.
"""
