"""From answers to cards, purely: filters, loosening, ledger, three roles, checked reasons.

Nothing in here reads a file, a clock, an environment or a terminal.
"""
