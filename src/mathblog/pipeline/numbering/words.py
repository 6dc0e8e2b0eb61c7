"""The words of references in nine languages: names of kinds, and what stands between several; those of figures and tables in more."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from mathblog.model.statements.kinds import CALLOUTS
from mathblog.model.statements.names import NAMES, name_in


class LanguageWords(NamedTuple):
    r"""The words of a language. `names` are those of kinds, with that of several behind it where it has one.

    `both` joins two, and the last of more; `upto` joins the ends of a range in `\cref`, `dash` elsewhere. `of` is what a reference to
    another post shows of its title.
    """

    names: Mapping[str, tuple[str, ...]]
    both: str = " and "
    dash: str = "\N{EN DASH}"
    upto: str = " to "
    comma: str = ", "
    of: str = "{ref} of \N{LEFT DOUBLE QUOTATION MARK}{title}\N{RIGHT DOUBLE QUOTATION MARK}"


KINDS = (
    "equation", "theorem", "lemma", "proposition", "corollary", "definition", "example", "remark", "conjecture", "exercise",
    "claim", "axiom", "assumption", "proof", "solution", "section", "figure", "table",
)  # fmt: skip


def _names(*words: str) -> Mapping[str, tuple[str, ...]]:
    return {kind: tuple(word.split("/")) for kind, word in zip(KINDS, words, strict=True)}


LANGUAGES: Mapping[str, LanguageWords] = {
    "en": LanguageWords(_names(
        "Equation/Equations", "Theorem/Theorems", "Lemma/Lemmas", "Proposition/Propositions", "Corollary/Corollaries",
        "Definition/Definitions", "Example/Examples", "Remark/Remarks", "Conjecture/Conjectures", "Exercise/Exercises",
        "Claim/Claims", "Axiom/Axioms", "Assumption/Assumptions", "Proof/Proofs", "Solution/Solutions", "Section/Sections",
        "Figure/Figures", "Table/Tables",
    )),
    "ko": LanguageWords(_names(
        "식", "정리", "보조정리", "명제", "따름정리", "정의", "예제", "참고", "추측", "연습문제", "주장", "공리", "가정", "증명",
        "풀이", "절", "그림", "표",
    ), both=", ", dash="~", upto="~", of="「{title}」의 {ref}"),
    "zh": LanguageWords(_names(
        "式", "定理", "引理", "命题", "推论", "定义", "例", "注记", "猜想", "习题", "断言", "公理", "假设", "证明", "解", "节", "图", "表",
    ), both="和", dash="至", upto="至", comma="、", of="“{title}”的{ref}"),
    "zh-tw": LanguageWords(_names(
        "式", "定理", "引理", "命題", "推論", "定義", "例", "註", "猜想", "習題", "斷言", "公理", "假設", "證明", "解", "節", "圖", "表",
    ), both="和", dash="至", upto="至", comma="、", of="「{title}」的{ref}"),
    "ja": LanguageWords(_names(
        "式", "定理", "補題", "命題", "系", "定義", "例", "注意", "予想", "練習", "主張", "公理", "仮定", "証明", "解答", "節", "図", "表",
    ), both="と", dash="~", upto="~", comma="、", of="「{title}」の{ref}"),
    "es": LanguageWords(_names(
        "ecuación/ecuaciones", "Teorema/Teoremas", "Lema/Lemas", "Proposición/Proposiciones", "Corolario/Corolarios",
        "Definición/Definiciones", "Ejemplo/Ejemplos", "Observación/Observaciones", "Conjetura/Conjeturas", "Ejercicio/Ejercicios",
        "Afirmación/Afirmaciones", "Axioma/Axiomas", "Supuesto/Supuestos", "Demostración/Demostraciones", "Solución/Soluciones",
        "Sección/Secciones", "Figura/Figuras", "Tabla/Tablas",
    ), both=" y ", upto=" a ", of="{ref} de «{title}»"),
    "de": LanguageWords(_names(
        "Gleichung/Gleichungen", "Satz/Sätze", "Lemma/Lemmata", "Proposition/Propositionen", "Korollar/Korollare",
        "Definition/Definitionen", "Beispiel/Beispiele", "Bemerkung/Bemerkungen", "Vermutung/Vermutungen", "Aufgabe/Aufgaben",
        "Behauptung/Behauptungen", "Axiom/Axiome", "Annahme/Annahmen", "Beweis/Beweise", "Lösung/Lösungen", "Abschnitt/Abschnitte",
        "Abbildung/Abbildungen", "Tabelle/Tabellen",
    ), both=" und ", upto=" bis ", of="{ref} in „{title}“"),
    "fr": LanguageWords(_names(
        "équation/équations", "Théorème/Théorèmes", "Lemme/Lemmes", "Proposition/Propositions", "Corollaire/Corollaires",
        "Définition/Définitions", "Exemple/Exemples", "Remarque/Remarques", "Conjecture/Conjectures", "Exercice/Exercices",
        "Affirmation/Affirmations", "Axiome/Axiomes", "Hypothèse/Hypothèses", "Démonstration/Démonstrations", "Solution/Solutions",
        "Section/Sections", "Figure/Figures", "Tableau/Tableaux",
    ), both=" et ", upto=" à ", of="{ref} de «\N{NO-BREAK SPACE}{title}\N{NO-BREAK SPACE}»"),
    "vi": LanguageWords(_names(
        "phương trình", "Định lý", "Bổ đề", "Mệnh đề", "Hệ quả", "Định nghĩa", "Ví dụ", "Chú ý", "Phỏng đoán", "Bài tập",
        "Khẳng định", "Tiên đề", "Giả định", "Chứng minh", "Lời giải", "Mục", "Hình", "Bảng",
    ), both=" và ", upto=" đến ", of="{ref} của “{title}”"),
}  # fmt: skip


# a figure, a table, and what joins two of them, in the other languages that the themes have words in
_FIGURES: Mapping[str, tuple[str, str, str]] = {
    "ar": ("الشكل", "الجدول", " و"),
    "bg": ("Фигура/Фигури", "Таблица/Таблици", " и "),
    "ca": ("Figura/Figures", "Taula/Taules", " i "),
    "cs": ("Obrázek/Obrázky", "Tabulka/Tabulky", " a "),
    "da": ("Figur/Figurer", "Tabel/Tabeller", " og "),
    "el": ("Σχήμα/Σχήματα", "Πίνακας/Πίνακες", " και "),
    "et": ("Joonis/Joonised", "Tabel/Tabelid", " ja "),
    "fa": ("شکل", "جدول", " و "),
    "fi": ("Kuva/Kuvat", "Taulukko/Taulukot", " ja "),
    "he": ("איור/איורים", "טבלה/טבלאות", " ו־"),
    "hi": ("चित्र", "तालिका", " और "),
    "hr": ("Slika/Slike", "Tablica/Tablice", " i "),
    "hu": ("Ábra/Ábrák", "Táblázat/Táblázatok", " és "),
    "id": ("Gambar", "Tabel", " dan "),
    "it": ("Figura/Figure", "Tabella/Tabelle", " e "),
    "nb": ("Figur/Figurer", "Tabell/Tabeller", " og "),
    "nl": ("Figuur/Figuren", "Tabel/Tabellen", " en "),
    "pl": ("Rysunek/Rysunki", "Tabela/Tabele", " i "),
    "pt": ("Figura/Figuras", "Tabela/Tabelas", " e "),
    "ro": ("Figura/Figurile", "Tabelul/Tabelele", " și "),
    "ru": ("Рисунок/Рисунки", "Таблица/Таблицы", " и "),
    "sk": ("Obrázok/Obrázky", "Tabuľka/Tabuľky", " a "),
    "sl": ("Slika/Slike", "Tabela/Tabele", " in "),
    "sv": ("Figur/Figurer", "Tabell/Tabeller", " och "),
    "th": ("รูปที่", "ตารางที่", " และ "),
    "tr": ("Şekil/Şekiller", "Tablo/Tablolar", " ve "),
    "uk": ("Рисунок/Рисунки", "Таблиця/Таблиці", " і "),
}


@cache
def words_of(lang: str) -> LanguageWords:
    """The words of a language as a page names it (`ko`, `zh-TW`, `pt_BR`), English ones for one that is not here."""
    code = lang.lower().replace("_", "-")
    if code in ("zh-hk", "zh-mo") or code.startswith("zh-hant"):
        code = "zh-tw"
    base = "nb" if code.partition("-")[0] in ("no", "nn") else code.partition("-")[0]
    words = LANGUAGES.get(code) or LANGUAGES.get(base) or LANGUAGES["en"]
    if base in _FIGURES:
        figure, table, both = _FIGURES[base]
        names = {"figure": tuple(figure.split("/")), "table": tuple(table.split("/"))}
        words = words._replace(names={**words.names, **names}, both=both)
    others = {kind: (name_in(kind, lang),) for kind in NAMES if kind not in words.names and kind not in CALLOUTS}
    return words._replace(names={**words.names, **others})


def name_of(kind: str, words: LanguageWords, *, several: bool = False) -> str:
    """The name of a kind; of one that the language does not have, or of the site's own, the word itself."""
    found = words.names.get(kind) or (kind.capitalize(),)
    return found[-1] if several else found[0]
