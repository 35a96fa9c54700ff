"""Journals as they are carried to others: records by uuid, compared, and joined."""
