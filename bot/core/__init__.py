"""Rules only: standard library, no async, no I/O, no now().

One exception: `_places` reads the tables of the tzdata package, which never change while the program runs, at their
first use.

Records are `NamedTuple`s: immutable, and made at import in a seventh of a dataclass's time (there are sixty of them).
"""
