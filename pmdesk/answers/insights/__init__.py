"""What is seen in the records over time: each insight a verdict, its evidence, and what it rests on."""
