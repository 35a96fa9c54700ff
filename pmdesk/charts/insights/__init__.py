"""How insights are drawn: one module for each kind, one way of drawing for window, PDF and file."""
