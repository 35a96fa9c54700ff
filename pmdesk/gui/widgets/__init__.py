"""The parts that pages are made of: each one widget with one job."""
