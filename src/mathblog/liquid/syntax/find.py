"""Search forward for the same word again and again, in linear time altogether."""


class Finder:
    """`str.find` that remembers its last answer, so that unclosed openers do not make a scan quadratic."""

    def __init__(self, text: str, word: str) -> None:
        self._text = text
        self._word = word
        self._asked = len(text) + 1
        self._found = -1

    def find(self, start: int) -> int:
        """The first place of the word at or after `start`, -1 where there is none."""
        if not (self._asked <= start and (self._found < 0 or start <= self._found)):
            self._asked, self._found = start, self._text.find(self._word, start)
        return self._found
