"""Languages: gettext catalogues read through Babel on first use, and amounts and days in words.

Texts in the code are English and double as message ids; ``N_`` marks them for
the catalogues ``locale/*.po``. Nothing is loaded before something is explained.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from minzheng.base.suggest import unknown
from minzheng.errors import Fault, InvalidInput

__all__ = ["LANGUAGES", "N_", "Text", "day", "money", "translator"]

LANGUAGES = ("zh_CN", "en")
"""The languages of explanations."""


def N_(message: str) -> str:  # noqa: N802 - the marker every gettext tool knows
    """Mark a text for translation later; returns it unchanged."""
    return message


class Text(str):
    """A text that brings its Chinese along, for what the catalogue cannot know, such as a benefit of one's own.

    Args:
        english: the text; names in braces stand for values.
        chinese: the same in Chinese.

    Example:
        >>> translator("zh_CN")(Text("The home has a stove.", "住房用炉灶取暖。"))
        '住房用炉灶取暖。'
    """

    chinese: str

    def __new__(cls, english: str, chinese: str = "") -> Text:
        """The text with its translation."""
        made = super().__new__(cls, english)
        made.chinese = chinese
        return made


def translator(language: str) -> Callable[[str], str]:
    """The function that turns a message id into its text in a language.

    A message without a translation stays English.

    Raises:
        InvalidInput: for a language without a catalogue.

    Example:
        >>> translator("zh_CN")("persons")
        '人'
    """
    if language not in LANGUAGES:
        raise InvalidInput([Fault("language", unknown(language, LANGUAGES))])
    catalogue = _catalogue(language)
    if language == "zh_CN":
        return lambda message: getattr(message, "chinese", "") or catalogue.get(message, message)
    return lambda message: catalogue.get(message, message)


def money(yuan: Decimal, language: str) -> str:
    """An amount of yuan in words of the language.

    Example:
        >>> money(Decimal("4800"), "zh_CN"), money(Decimal("4800"), "en")
        ('4,800.00元', '4,800.00 yuan')
    """
    translator(language)
    return f"{yuan:,.2f}元" if language == "zh_CN" else f"{yuan:,.2f} yuan"


def day(when: date, language: str) -> str:
    """A day in words of the language.

    Example:
        >>> day(date(2020, 7, 24), "zh_CN"), day(date(2020, 7, 24), "en")
        ('2020年7月24日', '24 July 2020')
    """
    translator(language)
    from babel.dates import format_date

    return format_date(when, "long", locale="zh_CN" if language == "zh_CN" else "en_GB")


@cache
def _catalogue(language: str) -> Mapping[str, str]:
    if language == "en":
        return {}
    from babel.messages.pofile import read_po

    with (files("minzheng.base") / "locale" / f"{language}.po").open("rb") as stream:
        catalogue = read_po(stream, locale=language)
    return {str(message.id): str(message.string) for message in catalogue if message.id}
