"""The parts of the pages that show backups and restore one."""
