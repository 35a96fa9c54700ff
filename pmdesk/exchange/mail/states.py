"""What became of a message: sent or received in truth, or kept where only drafts, trash or spam lie."""

import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from typing import Final, NamedTuple

from pmdesk.exchange.mail.headers import header_text
from pmdesk.words import mark


class MailState(Enum):
    """Whether a message was really exchanged, as a label of the catalogue."""

    TAKEN = mark("Sent or received")
    DRAFT = mark("A draft that was never sent")
    DELETED = mark("Deleted, but not yet removed from the file")
    TRASH = mark("In the trash")
    SPAM = mark("In the spam folder")
    NOT_MAIL_ITEM = mark("An Outlook item that is no mail")


class Place(NamedTuple):
    """What the place of a message says of it: its state, and whether sent mail is kept there."""

    state: MailState = MailState.TAKEN
    in_sent: bool = False


ANYWHERE: Final = Place()

# Names of folders and labels as mail programs write them in the languages they come in.
# Source: the special-use names of IMAP clients; Gmail, Outlook, Apple Mail, Thunderbird, Foxmail.
_DRAFTS: Final = """
draft|drafts|draft messages|templates|unsent|unsent messages|outbox|unsent mail|scheduled|snoozed drafts
草稿|草稿箱|草稿夹|草稿匣|待发送|待发邮件|模板|模版|寄件匣|下書き|임시 보관함|임시보관함
entwürfe|entwurf|vorlagen|postausgang|brouillons|brouillon|modèles|boîte d'envoi|borradores|borrador
plantillas|bandeja de salida|bozze|modelli|posta in uscita|rascunhos|modelos|caixa de saída|concepten
sjablonen|kladder|utkast|luonnokset|kopie robocze|szkice|koncepty|piszkozatok|taslaklar|черновики
чернетки|шаблоны|исходящие|πρόχειρα|ciorne
"""
_TRASH: Final = """
trash|bin|deleted|deleted items|deleted messages|deleted mail|wastebasket|rubbish|recently deleted
已删除|已删除邮件|已删除的邮件|已删除信息|废件箱|回收站|废纸篓|已刪除|已刪除項目|已刪除的郵件|垃圾桶
删除的邮件|删除邮件|ゴミ箱|削除済みアイテム|휴지통|지운 편지함
papierkorb|gelöscht|gelöschte objekte|gelöschte elemente|corbeille|éléments supprimés|messages supprimés
papelera|elementos eliminados|elementos borrados|cestino|posta eliminata|elementi eliminati|lixo|lixeira
itens excluídos|itens eliminados|prullenbak|verwijderde items|papirkurv|papperskorgen|borttagna objekt
slettede elementer|roskakori|kosz|elementy usunięte|koš|odstraněná pošta|törölt elemek|lomtár
çöp kutusu|silinmiş öğeler|корзина|удаленные|удалённые|кошик
"""
_SPAM: Final = """
spam|junk|junk mail|junk e-mail|junk email|bulk mail|bulk|quarantine
垃圾邮件|垃圾邮件箱|垃圾箱|广告邮件|垃圾郵件|垃圾電郵|迷惑メール|스팸|스팸함
spamverdacht|junk-e-mail|werbung|courrier indésirable|indésirables|pourriel|correo no deseado|no deseado
posta indesiderata|lixo eletrônico|correio eletrónico não solicitado|ongewenste e-mail|skräppost|søppelpost
uønsket mail|roskaposti|wiadomości-śmieci|nevyžádaná pošta|levélszemét|önemsiz|istenmeyen|спам
нежелательная почта
"""
_SENT: Final = """
sent|sent items|sent mail|sent messages|sent-mail|已发送|已发送邮件|已发送的邮件|已发邮件|已发信息|已发送信息|发件箱
寄件備份|寄件备份|已傳送|已傳送郵件|送信済み|送信済みメール|送信済みアイテム|보낸 편지함|보낸편지함
gesendet|gesendete|gesendete objekte|gesendete elemente|envoyés|messages envoyés|éléments envoyés
enviados|elementos enviados|mensajes enviados|inviati|posta inviata|posta in uscita inviata|itens enviados
enviadas|verzonden|verzonden items|verzonden berichten|sendt|sendte elementer|skickat|skickade objekt
lähetetyt|wysłane|elementy wysłane|odeslané|odeslaná pošta|elküldött elemek|gönderilmiş öğeler
gönderilenler|отправленные|надіслані|trimise
"""


def _names(listed: str) -> list[str]:
    return [
        name.strip().casefold() for line in listed.split("\n") for name in line.split("|") if name
    ]


_STATES: Final = {
    **dict.fromkeys(_names(_DRAFTS), MailState.DRAFT),
    **dict.fromkeys(_names(_TRASH), MailState.TRASH),
    **dict.fromkeys(_names(_SPAM), MailState.SPAM),
}
_SENT_NAMES: Final = frozenset(_names(_SENT))
_BOX_SUFFIX: Final = re.compile(r"(?:\.(?:mbox|mbx|sbd|partial|imapmbox))+$", re.IGNORECASE)
_NUMBER: Final = re.compile(r"(?:[-_ ]\d{1,3}|\(\d{1,3}\))$")
_MAILDIR_FLAGS: Final = re.compile(r"[:;!]2,([A-Za-z]*)$")
# A Maildir names its files by time and host: 1204680122.27c448.pine
_DELIVERY: Final = re.compile(r"\d+\.[^.]+(?!\.eml$)")

# Headers in which a mail program says what became of a message.
STATE_HEADERS: Final = frozenset(("x-mozilla-status", "x-gmail-labels", "x-unsent", "x-status"))
_MBOX_DELETED: Final = re.compile(r"[A-Z]{0,5}D[A-Z]{0,5}")  # as Pine and mutt write it
_MOZILLA_EXPUNGED: Final = 0x0008
_EMLX_DELETED: Final = 0x2
_EMLX_DRAFT: Final = 0x40


def place_of(folders: Sequence[str], name: str, *, is_mailbox: bool) -> Place:
    """What the names of folders, outermost first, and of the file say.

    A file's own name counts where it is a mailbox: that of a single message is its subject.
    """
    named = [*folders, name] if is_mailbox else list(folders)
    places = [_place_named(each) for each in named]
    state = next((p.state for p in places if p.state is not MailState.TAKEN), MailState.TAKEN)
    if state is MailState.TAKEN:
        state = _maildir_state(folders[-1] if folders else "", name)
    return Place(state, any(place.in_sent for place in places))


@lru_cache(maxsize=1024)
def _place_named(name: str) -> Place:
    bare = _BOX_SUFFIX.sub("", name).strip().casefold()
    # a Maildir writes .INBOX.Drafts for a folder within another
    pieces = {bare, _NUMBER.sub("", bare)}
    if bare.startswith((".", "inbox.")):
        pieces.update(bare.split("."))
    return Place(
        next((_STATES[p] for p in pieces if p in _STATES), MailState.TAKEN),
        not pieces.isdisjoint(_SENT_NAMES),
    )


def _maildir_state(folder: str, name: str) -> MailState:
    if folder == "tmp" and _DELIVERY.match(name):
        return MailState.DRAFT  # half delivered
    flags = _MAILDIR_FLAGS.search(name) if folder in {"cur", "new"} else None
    if flags is None:
        return MailState.TAKEN
    if "D" in flags[1]:
        return MailState.DRAFT
    return MailState.TRASH if "T" in flags[1] else MailState.TAKEN


def place_in_headers(first: dict[str, str], place: Place) -> Place:
    """The place of a message by `STATE_HEADERS`, the first value of each, else `place`."""
    labels = _labels(first.get("x-gmail-labels", ""))
    in_sent = place.in_sent or not labels.isdisjoint(_SENT_NAMES)
    states = [place.state, *(_STATES[label] for label in labels if label in _STATES)]
    if first.get("x-unsent", "").strip() == "1":
        states.append(MailState.DRAFT)
    if _hexadecimal(first.get("x-mozilla-status", "")) & _MOZILLA_EXPUNGED:
        states.append(MailState.DELETED)
    if _MBOX_DELETED.fullmatch(first.get("x-status", "").strip()):
        states.append(MailState.DELETED)
    state = next((s for s in states if s is not MailState.TAKEN), MailState.TAKEN)
    return Place(state, in_sent)


def _labels(raw: str) -> frozenset[str]:
    if not raw:
        return frozenset()
    return frozenset(label.strip(' "').casefold() for label in header_text(raw).split(","))


def _hexadecimal(text: str) -> int:
    try:
        return int(text.strip()[:8] or "0", 16)
    except ValueError:
        return 0


def emlx_state(flags: int) -> MailState:
    """What the flags in the property list of an .emlx say (bit 1 deleted, bit 6 draft).

    Source: https://www.jwz.org/blog/2005/07/emlx-flags/
    """
    if flags & _EMLX_DRAFT:
        return MailState.DRAFT
    return MailState.DELETED if flags & _EMLX_DELETED else MailState.TAKEN
