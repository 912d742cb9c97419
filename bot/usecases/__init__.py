"""Load, decide, save: all that a face may call. One file per noun; each use case takes the App first."""
