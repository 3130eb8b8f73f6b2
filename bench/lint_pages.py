"""Write docs/lint from the pages that go with the program: after a page or a rule has changed."""

from pathlib import Path

from amplify.authoring.linting.explained import pages

FOLDER = Path(__file__).parents[1] / "docs" / "lint"


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    made = pages()
    for old in FOLDER.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    print(f"{len(made)} pages in docs/lint.")


if __name__ == "__main__":
    main()
