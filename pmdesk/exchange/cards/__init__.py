"""Address books: .vcf cards and CSV of Outlook and Google, as plain values."""
