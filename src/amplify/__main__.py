"""`amplify` and `python -m amplify`. Nothing is loaded but the table of commands and the one that was asked for."""

from amplify.cli.main import amplify


def main() -> None:
    """Run the command line; ends the process."""
    amplify()


if __name__ == "__main__":
    main()
