"""`pmdesk`: the window, or a command."""

import sys


def main() -> None:
    """Open the window without arguments (or with a journal), else run the command."""
    arguments = sys.argv[1:]
    if not arguments or (len(arguments) == 1 and arguments[0].endswith(".pmdesk")):
        from pmdesk.gui.app import run

        sys.exit(run(arguments[0] if arguments else None))
    from pmdesk.cli import main as command

    command()


if __name__ == "__main__":
    main()
