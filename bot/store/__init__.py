"""The only SQL. `db` opens and keeps the database; one file per noun reads and writes it."""
