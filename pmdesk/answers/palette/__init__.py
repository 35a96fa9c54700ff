"""What the palette finds: its entries, their order, and what of the journal is among them."""
