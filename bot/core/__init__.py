"""Rules only: standard library, no async, no I/O, no now().

Records are `NamedTuple`s: immutable, and made at import in a seventh of a dataclass's time (there are sixty of them).
"""
