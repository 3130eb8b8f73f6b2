"""`amplify`, and `python -m amplify`: every failure becomes one sentence for people."""

import json
import os
import sys

#: Failures that people can do something about, by name: their modules are only loaded where they are raised.
_EXPECTED = frozenset(
    {"BadSetting", "BrokenPlugin", "Busy", "Changed", "LedgerError", "NoCampaign", "NoSecret", "OutOfReach"}
)
_OUR_FAULT = 70  # sysexits.h: EX_SOFTWARE


def main() -> None:
    """Run the command line; ends the process."""
    from amplify.cli.main import amplify

    try:
        amplify.main(prog_name="amplify", standalone_mode=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        if os.environ.get("AMPLIFY_TRACEBACK"):
            raise
        expected = type(error).__name__ in _EXPECTED or isinstance(error, OSError)
        _tell(_sentence(error) if expected else f"amplify itself has failed ({error!r}); AMPLIFY_TRACEBACK=1 shows where")
        sys.exit(1 if expected else _OUR_FAULT)


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return str(error)


def _tell(sentence: str) -> None:
    if "--json" in sys.argv:
        sys.stdout.write(json.dumps({"ok": False, "error": sentence}, ensure_ascii=False) + "\n")
    sys.stderr.write(f"Error: {sentence}\n")


if __name__ == "__main__":
    main()
