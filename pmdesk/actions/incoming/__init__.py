"""What other programs wrote, taken into the journal: calendars, contacts, chats, tables, journals.

Mail has a way of its own (actions/import_mail.py): its threads are told by all of it together.
"""
