"""The program's entry: `cryrec`, and `python -m cryrec`."""

import gc
from typing import Final

MUCH: Final = 200_000
"""New objects after which it is worth looking for garbage; a usual run makes a quarter of that."""


def main() -> None:
    """Run the command line; Ctrl-C is quiet even while the program is still being imported.

    What is imported stays, so looking for garbage in it, time and again and once more at the end,
    is in vain, and takes a sixth of a short run.
    """
    gc.set_threshold(MUCH)
    try:
        from cryrec.cli import app

        app(prog_name="cryrec")
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    finally:
        gc.freeze()


if __name__ == "__main__":
    main()
