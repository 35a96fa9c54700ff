"""Mail read into values: .eml, .mbox, .msg."""
