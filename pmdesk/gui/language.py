"""The window's language, switched live: one catalogue for our texts, Qt's own for Qt's."""

import re
from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator, Signal

from pmdesk.words import LANGUAGES, Language, Words, words_for

# Qt's own texts stand under the names of its classes; our catalogue keeps off them.
_QT_CONTEXT: Final = re.compile(r"Q[A-Z]")
_TONGUE: Final = "pmdesk_tongue"
_LOCALES: Final = {
    "en": QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
    "zh": QLocale(QLocale.Language.Chinese, QLocale.Country.China),
}


class CatalogueTranslator(QTranslator):
    """Gives Qt the texts of our catalogue."""

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words

    def isEmpty(self) -> bool:
        return False

    def translate(
        self, context: str, source: str, _comment: str | None = None, _n: int = -1
    ) -> str | None:
        if not source or (context and _QT_CONTEXT.match(context)):
            return None
        return self._words.found(source)


class Tongue(QObject):
    """The language spoken now."""

    changed = Signal()

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self.words = words_for("en")
        self._translators: list[QTranslator] = []

    def speak(self, language: Language) -> None:
        """Change the language of every widget; each gets LanguageChange and forms follow."""
        if self._translators and self.words.language == language:
            return
        for old in self._translators:
            QCoreApplication.removeTranslator(old)
            old.deleteLater()
        self.words = words_for(language)
        QLocale.setDefault(_LOCALES[language])
        self._translators = [*_qt_texts(language, self), CatalogueTranslator(self.words, self)]
        for new in self._translators:
            QCoreApplication.installTranslator(new)
        self.changed.emit()


def set_language(app: QCoreApplication, language: Language) -> Tongue:
    """Speak `language` in the whole application, at the start or later."""
    if language not in LANGUAGES:
        raise ValueError(f"no language {language!r}")
    spoken = _spoken() or Tongue(app)
    setattr(app, _TONGUE, spoken)
    spoken.speak(language)
    return spoken


def current_words() -> Words:
    """The words of the language spoken now; English before set_language."""
    spoken = _spoken()
    return spoken.words if spoken else words_for("en")


def _spoken() -> Tongue | None:
    # not by findChild, which would load the class of every child, Qt's style among them
    tongue: Tongue | None = getattr(QCoreApplication.instance(), _TONGUE, None)
    return tongue


def system_language() -> Language:
    """The language of the desktop, as far as we speak it."""
    first = (QLocale.system().uiLanguages() or [""])[0]
    return "zh" if first.lower().startswith("zh") else "en"


def _qt_texts(language: Language, parent: QObject) -> list[QTranslator]:
    if language == "en":
        return []
    translator = QTranslator(parent)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return [translator] if translator.load("qtbase_zh_CN", folder) else []
