"""The program's entry: `cryrec`, and `python -m cryrec`."""


def main() -> None:
    """Run the command line; Ctrl-C is quiet even while the program is still being imported."""
    try:
        from cryrec.cli import app

        app(prog_name="cryrec")
    except KeyboardInterrupt:
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
