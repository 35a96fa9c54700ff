"""The parts of the page that merges another journal."""
