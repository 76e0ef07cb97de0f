"""`python -m cryrec`: the same program as the `cryrec` command."""

from cryrec.cli import main

if __name__ == "__main__":
    main()
