"""Every form of chat, the strictest first: a head of one is often a head of those behind it, too."""

from typing import Final

from pmdesk.exchange.chat import qq, teams, wechat, whatsapp
from pmdesk.exchange.chat.form import Form

FORMS: Final[tuple[Form, ...]] = (
    *qq.FORMS, *whatsapp.FORMS, *teams.FORMS, *wechat.FORMS, *wechat.TIMELESS,
)  # fmt: skip
BY_NAME: Final = {form.name: form for form in FORMS}
