"""Rules only: standard library, no async, no I/O, no now()."""
