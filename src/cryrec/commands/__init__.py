"""One file for each command: fetch, decide, hand to a view.

Annotations are evaluated here: as text they would be evaluated again, one by one, when Typer asks
for the options, which takes twice as long.
"""
