"""The systems by which Cyrillic names are rewritten, letter by letter, as their rules say it."""


def _table(letters: str) -> dict[str, str]:
    return {pair[0]: pair[2:] for pair in letters.split()}


#: System → letter → what stands for it.
RUSSIAN = {
    "BGN": _table(
        "а:a б:b в:v г:g д:d е:e ё:yo ж:zh з:z и:i й:y к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:kh ц:ts ч:ch ш:sh щ:shch ы:y ь: э:e ю:yu я:ya"
    ),
    "passport": _table(
        "а:a б:b в:v г:g д:d е:e ё:e ж:zh з:z и:i й:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:kh ц:ts ч:ch ш:sh щ:shch ы:y ь: э:e ю:iu я:ia"
    ),
    "GOST 7.79": _table(
        "а:a б:b в:v г:g д:d е:e ё:yo ж:zh з:z и:i й:j к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:x ц:cz ч:ch ш:sh щ:shh ы:y ь:` э:e ю:yu я:ya"
    ),
    "scholarly": _table(
        "а:a б:b в:v г:g д:d е:e ё:ë ж:ž з:z и:i й:j к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:x ц:c ч:č ш:š щ:šč ы:y ь:ʹ э:è ю:ju я:ja"
    ),
    "German": _table(
        "а:a б:b в:w г:g д:d е:e ё:jo ж:sch з:s и:i й:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:ch ц:z ч:tsch ш:sch щ:schtsch ы:y ь: э:e ю:ju я:ja"
    ),
    "Polish": _table(
        "а:a б:b в:w г:g д:d е:ie ё:io ж:ż з:z и:i й:j к:k л:ł м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:ch ц:c ч:cz ш:sz щ:szcz ы:y ь:' э:e ю:iu я:ia"
    ),
    "Lithuanian": _table(
        "а:a б:b в:v г:g д:d е:e ё:io ж:ž з:z и:i й:j к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:ch ц:c ч:č ш:š щ:šč ы:y ь: э:e ю:iu я:ia"
    ),
    "French": _table(
        "а:a б:b в:v г:g д:d е:e ё:io ж:j з:z и:i й:ï к:k л:l м:m н:n о:o п:p р:r с:s т:t у:ou ф:f х:kh ц:ts ч:tch ш:ch щ:chtch ы:y ь: э:e ю:iou я:ia"
    ),
}
BELARUSIAN = {
    "2007": _table(
        "а:a б:b в:v г:h д:d е:ie ё:io ж:zh з:z і:i й:j к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ў:u ф:f х:kh ц:ts ч:ch ш:sh ы:y ь: э:e ю:iu я:ia"
    ),
    "2023": _table(
        "а:a б:b в:v г:h д:d е:ie ё:io ж:ž з:z і:i й:j к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ў:ŭ ф:f х:ch ц:c ч:č ш:š ы:y ь: э:e ю:iu я:ia"
    ),
    "łacinka": _table(
        "а:a б:b в:v г:h д:d е:ie ё:io ж:ž з:z і:i й:j к:k л:ł м:m н:n о:o п:p р:r с:s т:t у:u ў:ŭ ф:f х:ch ц:c ч:č ш:š ы:y ь: э:e ю:iu я:ia"
    ),
    "BGN": _table(
        "а:a б:b в:v г:h д:d е:ye ё:yo ж:zh з:z і:i й:y к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ў:w ф:f х:kh ц:ts ч:ch ш:sh ы:y ь: э:e ю:yu я:ya"
    ),
    "German": _table(
        "а:a б:b в:w г:h д:d е:e ё:jo ж:sch з:s і:i й:j к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ў:u ф:f х:ch ц:z ч:tsch ш:sch ы:y ь: э:e ю:ju я:ja"
    ),
    "Polish": _table(
        "а:a б:b в:w г:h д:d е:ie ё:io ж:ż з:z і:i й:j к:k л:ł м:m н:n о:o п:p р:r с:s т:t у:u ў:u ф:f х:ch ц:c ч:cz ш:sz ы:y ь: э:e ю:iu я:ia"
    ),
}
UKRAINIAN = {
    "2010": _table("а:a б:b в:v г:h ґ:g д:d е:e є:ie ж:zh з:z и:y і:i ї:i й:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:kh ц:ts ч:ch ш:sh щ:shch ь: ю:iu я:ia"),
    "German": _table("а:a б:b в:w г:h ґ:g д:d е:e є:je ж:sch з:s и:y і:i ї:ji й:j к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:ch ц:z ч:tsch ш:sch щ:schtsch ь: ю:ju я:ja"),
    "Polish": _table("а:a б:b в:w г:h ґ:g д:d е:e є:je ж:ż з:z и:y і:i ї:ji й:j к:k л:ł м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:ch ц:c ч:cz ш:sz щ:szcz ь: ю:ju я:ja"),
}  # fmt: skip


def rewritten(word: str, table: dict[str, str]) -> str:
    latin = "".join(table[letter] for letter in word.lower())
    return latin.title() if word.istitle() else latin
