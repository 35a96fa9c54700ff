"""Tables of any program: CSV and workbooks of Excel as plain values."""
