"""What a person does: one act, one transaction, one undo step."""
