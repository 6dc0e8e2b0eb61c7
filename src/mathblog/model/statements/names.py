"""The names of kinds of statements in nine languages (sphinx-proof's translations, and what textbooks of a language say)."""

from collections.abc import Mapping
from functools import cache

LANGUAGES = ("en", "ko", "zh", "zh-tw", "ja", "es", "de", "fr", "vi")
_TABLE = """
theorem     | Theorem     | 정리     | 定理 | 定理 | 定理 | Teorema     | Satz        | Théorème      | Định lý
lemma       | Lemma       | 보조정리 | 引理 | 引理 | 補題 | Lema        | Lemma       | Lemme         | Bổ đề
proposition | Proposition | 명제     | 命题 | 命題 | 命題 | Proposición | Proposition | Proposition   | Mệnh đề
corollary   | Corollary   | 따름정리 | 推论 | 推論 | 系   | Corolario   | Korollar    | Corollaire    | Hệ quả
definition  | Definition  | 정의     | 定义 | 定義 | 定義 | Definición  | Definition  | Définition    | Định nghĩa
example     | Example     | 예제     | 例   | 例   | 例   | Ejemplo     | Beispiel    | Exemple       | Ví dụ
remark      | Remark      | 참고     | 注记 | 註   | 注意 | Observación | Bemerkung   | Remarque      | Chú ý
conjecture  | Conjecture  | 추측     | 猜想 | 猜想 | 予想 | Conjetura   | Vermutung   | Conjecture    | Phỏng đoán
exercise    | Exercise    | 연습문제 | 习题 | 習題 | 練習 | Ejercicio   | Aufgabe     | Exercice      | Bài tập
claim       | Claim       | 주장     | 断言 | 斷言 | 主張 | Afirmación  | Behauptung  | Affirmation   | Khẳng định
axiom       | Axiom       | 공리     | 公理 | 公理 | 公理 | Axioma      | Axiom       | Axiome        | Tiên đề
assumption  | Assumption  | 가정     | 假设 | 假設 | 仮定 | Supuesto    | Annahme     | Hypothèse     | Giả định
notation    | Notation    | 표기법   | 记号 | 記號 | 記法 | Notación    | Notation    | Notation      | Ký hiệu
problem     | Problem     | 문제     | 问题 | 問題 | 問題 | Problema    | Problem     | Problème      | Bài toán
fact        | Fact        | 사실     | 事实 | 事實 | 事実 | Hecho       | Tatsache    | Fait          | Sự kiện
algorithm   | Algorithm   | 알고리즘 | 算法 | 演算法 | アルゴリズム | Algoritmo | Algorithmus | Algorithme | Thuật toán
solution    | Solution    | 풀이     | 解   | 解   | 解答 | Solución    | Lösung      | Solution      | Lời giải
proof       | Proof       | 증명     | 证明 | 證明 | 証明 | Demostración | Beweis     | Démonstration | Chứng minh
note        | Note        | 참고     | 注意 | 注意 | 注   | Nota        | Hinweis     | Remarque      | Ghi chú
tip         | Tip         | 팁       | 提示 | 提示 | ヒント | Consejo   | Tipp        | Astuce        | Mẹo
important   | Important   | 중요     | 重要 | 重要 | 重要 | Importante  | Wichtig     | Important     | Quan trọng
warning     | Warning     | 경고     | 警告 | 警告 | 警告 | Advertencia | Warnung     | Avertissement | Cảnh báo
caution     | Caution     | 주의     | 小心 | 小心 | 注意 | Precaución  | Vorsicht    | Attention     | Cẩn thận
"""

# "Proof of Theorem 2.1", with the reference in place of `{}`
_PROOF_OF: Mapping[str, str] = {
    "en": "Proof of {}", "ko": "{}의 증명", "zh": "{} 的证明", "zh-tw": "{} 的證明", "ja": "{} の証明",
    "es": "Demostración del {}", "de": "Beweis von {}", "fr": "Démonstration du {}", "vi": "Chứng minh {}",
}  # fmt: skip
_FEMININE = {
    "es": ("proposition", "definition", "remark", "conjecture", "claim", "notation", "solution"),
    "fr": ("proposition", "definition", "remark", "conjecture", "notation", "solution"),
}
_VOWELS = ("A", "E", "É", "H", "I")


NAMES: Mapping[str, tuple[str, ...]] = {
    kind: tuple(names)
    for kind, *names in ([cell.strip() for cell in line.split("|")] for line in _TABLE.strip().split("\n"))
}
"""The names of a kind, one for each of `LANGUAGES`."""


@cache
def _by_name() -> Mapping[str, str]:
    return {name.lower(): kind for kind, names in reversed(list(NAMES.items())) for name in names}


def kind_of_name(name: str) -> str:
    """The kind that has a name in some language, '' for none: `Beweis` is `proof`."""
    return _by_name().get(name.lower(), "")


def language(lang: str) -> str:
    """The one of `LANGUAGES` that a page's language is (`ko-KR`, `zh_TW`, `zh-Hant`), English for all others."""
    code = lang.lower().replace("_", "-")
    if code.startswith("zh"):
        return "zh-tw" if any(part in ("tw", "hk", "mo", "hant") for part in code.split("-")) else "zh"
    code = code.partition("-")[0]
    return code if code in LANGUAGES else "en"


def name_in(kind: str, lang: str) -> str:
    """The name of a kind in a language; of one that is not known, its own word."""
    names = NAMES.get(kind)
    return names[LANGUAGES.index(language(lang))] if names else kind.capitalize()


def proof_of(kind: str, reference: str, lang: str) -> tuple[str, str, str]:
    """The head of a proof of something of a kind: what stands before the reference, that, and what stands behind.

    `Proof of `, `Theorem 2.1`; it has the article of its language, and French writes the name of the kind small.
    """
    code, name = language(lang), name_in(kind, lang)
    before, _, behind = _PROOF_OF[code].partition("{}")
    if code == "fr" and name and reference.startswith(name):
        reference = name[0].lower() + reference[1:]
    if code == "fr" and name[:1] in _VOWELS:
        before = "Démonstration de l’"
    elif kind in _FEMININE.get(code, ()):
        before = before.removesuffix("del ").removesuffix("du ") + "de la "
    return before, reference, behind


PROOF_OF_WORDS = ("of", "de", "del", "du", "des", "von", "der", "to", "that", "for")
"""Words behind the name of a proof that begin what it proves, in the languages that have such."""
