"""The crisis room: the clock, whom to tell, what to do, what was done, what to say."""
