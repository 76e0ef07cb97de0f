"""Lists that people keep elsewhere, read into entries of the library, and our own, both ways.

`lists.read` is the way in, `own.write_json` and `own.write_csv` the way out. A dialect is one file
with a function that knows its documents, and one line in `lists.DIALECTS`.
"""
