"""Sentences for generated posts, in English and in Korean, with formulas where the words leave a place for them."""

import random

NOUNS = [
    "operator",
    "lattice",
    "theorem",
    "sequence",
    "kernel",
    "gradient",
    "manifold",
    "estimator",
    "measure",
    "boundary",
    "polynomial",
    "subgroup",
    "spectrum",
    "matching",
    "lemma",
    "basis",
    "integral",
    "prior",
    "posterior",
    "martingale",
    "curvature",
    "network",
    "residue",
    "filter",
    "cycle",
    "contour",
    "metric",
    "hypothesis",
    "quotient",
    "sample",
]
ADJECTIVES = [
    "compact",
    "convex",
    "sparse",
    "random",
    "linear",
    "smooth",
    "bounded",
    "finite",
    "discrete",
    "harmonic",
    "orthogonal",
    "stable",
    "simple",
    "local",
    "uniform",
    "implicit",
    "recursive",
    "stationary",
    "positive",
    "symmetric",
]
VERBS = [
    "bounds",
    "preserves",
    "determines",
    "approximates",
    "dominates",
    "contains",
    "generates",
    "refines",
    "controls",
    "extends",
    "minimises",
    "separates",
]
OPENINGS = [
    "Therefore",
    "Moreover",
    "However",
    "Here",
    "Again",
    "Conversely",
    "Suddenly",
    "Geometrically",
    "Numerically",
    "Informally",
]
HANGUL_NOUNS = [
    "확률",
    "함수",
    "수열",
    "행렬",
    "벡터",
    "공간",
    "정리",
    "보조정리",
    "증명",
    "측도",
    "적분",
    "미분",
    "분포",
    "기댓값",
    "분산",
    "경계",
    "곡률",
    "다항식",
    "군",
    "사상",
    "그래프",
    "순환",
    "표본",
    "추정량",
    "커널",
]
HANGUL_PARTICLES = ("은", "는", "이", "가", "을", "를", "의", "에서", "으로", "에 대한")
HANGUL_ENDINGS = ("이다.", "한다.", "보일 수 있다.", "알려져 있다.", "증명하자.", "라고 하자.", "충분하다.")
_MARKED = 0.25  # of the sentences: a word in emphasis, bold, or code
_HANGUL_WORDS = (5, 9)


def make_sentence(chance: random.Random, formulas: list[str], *, korean: bool = False) -> str:
    """One sentence that holds all of `formulas`, each between `$$`."""
    words = _hangul(chance) if korean else _english(chance)
    for formula in formulas:
        words.insert(chance.randint(1, len(words) - 1), f"$${formula}$$")
    return " ".join(words)


def make_title(chance: random.Random, number: int, *, korean: bool = False) -> str:
    """A title; the number makes it the only one of its kind."""
    if korean:
        return f"{chance.choice(HANGUL_NOUNS)}의 {chance.choice(HANGUL_NOUNS)} {number}"
    return f"On {chance.choice(ADJECTIVES)} {chance.choice(NOUNS)}s, part {number}"


def _english(chance: random.Random) -> list[str]:
    noun, other, third = chance.sample(NOUNS, 3)
    one, two = chance.sample(ADJECTIVES, 2)
    words = [chance.choice(OPENINGS) + ",", "the", one, noun, chance.choice(VERBS), "every", two, other]
    words += chance.choice(("as long as its", "because the", "and so the", "unless some", "wherever the")).split()
    words += [third, "is", chance.choice(ADJECTIVES) + "."]
    if chance.random() < _MARKED:
        mark = chance.choice(("*", "**", "`"))
        words[3] = f"{mark}{words[3]}{mark}"
    return words


def _hangul(chance: random.Random) -> list[str]:
    words = [
        chance.choice(HANGUL_NOUNS) + chance.choice(HANGUL_PARTICLES) for _ in range(chance.randint(*_HANGUL_WORDS))
    ]
    if chance.random() < _MARKED:
        words[1] = f"**{chance.choice(HANGUL_NOUNS)}({chance.choice(NOUNS)})**{chance.choice(HANGUL_PARTICLES)}"
    return [*words, chance.choice(HANGUL_ENDINGS)]
