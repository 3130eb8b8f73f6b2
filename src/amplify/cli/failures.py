"""What went wrong, as one sentence: on stderr for people, and on stdout too where JSON was asked for."""

import json

import click

#: EX_SOFTWARE of sysexits.h: the mistake is ours.
OUR_OWN = 70
_INTERRUPTED = 130


def tell(error: Exception, *, as_json: bool, in_full: bool) -> int:
    """Say it and return the exit code. With `in_full`, what nobody expected is raised as it is."""
    if isinstance(error, click.Abort):
        return _INTERRUPTED
    if isinstance(error, click.ClickException):
        error.show()
        said, code = error.format_message(), error.exit_code
    elif sentence := _expected(error):
        click.echo(f"Error: {sentence}", err=True)
        said, code = sentence, 1
    elif in_full:
        raise error
    else:
        said = f"amplify itself has failed: {type(error).__name__}: {error}; set AMPLIFY_TRACEBACK=1 to see where"
        click.echo(f"Error: {said}", err=True)
        code = OUR_OWN
    if as_json:
        click.echo(json.dumps({"ok": False, "error": said}, ensure_ascii=False))
    return code


def _expected(error: Exception) -> str:
    """A sentence, or empty where this should not have happened."""
    from amplify.bootstrap import NoCampaign
    from amplify.config.settings import BadSetting, NoSecret
    from amplify.ports.errors import PublishError
    from amplify.ports.ledger import LedgerError

    if isinstance(error, NoCampaign | BadSetting | NoSecret | LedgerError | PublishError):
        return str(error)
    if isinstance(error, PermissionError) and error.filename is not None:
        who = f"ask whoever made the file, or on Mac and Linux type `chmod u+rw {error.filename}`"
        return f"{error.filename}: permission denied; {who}"
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {(error.strerror or type(error).__name__).lower()}"
    return ""
