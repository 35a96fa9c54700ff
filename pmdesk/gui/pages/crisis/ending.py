"""What ends a crisis: its criteria, and standing down once they hold; of a rehearsal, what was learned."""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from pmdesk.actions.crisis import end_rehearsal, meet, stand_down
from pmdesk.actions.refusals import Refused
from pmdesk.answers.crisis_room import Room
from pmdesk.gui.desk import Desk
from pmdesk.gui.forms import spoken
from pmdesk.gui.pages.crisis.doing import attempt
from pmdesk.gui.panels.drafting import DraftKeeper
from pmdesk.gui.widgets.act_rows import ActRows, RowLook
from pmdesk.gui.widgets.growing import grow_with_text
from pmdesk.gui.widgets.parts import Card, button, label


class Ending(QWidget):
    """The button rests, with what stands against it beside it, until all holds."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.desk, self.words = desk, desk.words
        words = self.words
        self.room: Room | None = None
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        card = Card(words("Stand down when"), " ")
        self._remark = card.remark
        self.criteria = ActRows()
        self.criteria.acted.connect(self._on_met)
        card.body.addWidget(self.criteria)
        self._none = label(words("No criterion is planned: say in the log why it is over."), "muted", wrap=True)  # fmt: skip
        card.body.addWidget(self._none)
        self.lessons = QWidget()
        self.lessons.setObjectName("plain")
        column = QVBoxLayout(self.lessons)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.learned, self.who = QPlainTextEdit(), QLineEdit()
        for text, field in ((words("What was learned *"), self.learned), (words("Who took part"), self.who)):  # fmt: skip
            caption = label(text)
            caption.setBuddy(field)
            field.setAccessibleName(text.rstrip(" *"))
            column.addWidget(caption)
            column.addWidget(field)
        self.learned.setTabChangesFocus(True)
        grow_with_text(self.learned)
        self.keeper: DraftKeeper | None = None
        self.learned.textChanged.connect(self._on_typed)
        self.who.textEdited.connect(self._on_typed)
        card.body.addWidget(self.lessons)
        self.against = label("", "small", wrap=True)
        card.body.addWidget(self.against)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.down = button("", self._end)
        self.why_not = button(words("Say why not…"), self._open, quiet=True)
        self.why_not.setToolTip(words("Why the client is not told"))
        foot.addWidget(self.down)
        foot.addWidget(self.why_not)
        foot.addStretch(1)
        card.body.addLayout(foot)
        body.addWidget(card)

    def show_room(self, room: Room) -> None:
        """What a crisis still needs before it is over."""
        words, crisis = self.words, room.crisis
        if crisis.rehearsal and (self.room is None or self.room.crisis.id != crisis.id):
            self._take_up(room)
        self.room = room
        self.criteria.use([
            RowLook(one.text, words("met {time}", time=f"{one.met_at.astimezone(room.zone):%H:%M}"), "good", one.text)
            if one.met_at else RowLook(one.text, words("open"), "muted", one.text, "", words("Met"))
            for one in room.criteria
        ])  # fmt: skip
        met = sum(one.met_at is not None for one in room.criteria)
        self._remark.setText(
            words("{n} of {all}", n=met, all=len(room.criteria)) if room.criteria else ""
        )
        self._none.setVisible(not room.criteria)
        self.lessons.setVisible(crisis.rehearsal)
        against = []
        if not crisis.rehearsal and met < len(room.criteria):
            against.append(words("criteria not met: {n}", n=len(room.criteria) - met))
        if crisis.owed:
            against.append(words("the client is not told, and no reason is given"))
        self.down.setText(words("End the rehearsal") if crisis.rehearsal else words("Stand down…"))
        self._tell(words.clauses(against))
        self._rest(bool(against))
        self.why_not.setVisible(crisis.owed)

    def _rest(self, rests: bool) -> None:
        if rests and self.down.hasFocus():
            self.criteria.enter()
        self.down.setEnabled(not rests)
        self.down.setProperty("primary", not rests)
        self.down.style().polish(self.down)

    def _tell(self, why: str) -> None:
        sentence = self.words("Not yet: {why}", why=why) if why else ""
        self.against.setText(sentence)
        self.against.setVisible(bool(sentence))
        self.down.setAccessibleDescription(sentence)

    def _take_up(self, room: Room) -> None:
        """What was begun to be written of this rehearsal, else who is known to take part."""
        self.keeper = None
        self.learned.setPlainText("")
        self.who.setText(room.plan.owner if room.plan else "")
        keeper = DraftKeeper(self, self.desk, f"rehearsal:{room.crisis.id}", self._typed)
        if draft := keeper.found():
            self.learned.setPlainText(draft.content["learned"])
            self.who.setText(draft.content["who"])
        self.keeper = keeper

    def _typed(self) -> dict[str, str]:
        return {"learned": self.learned.toPlainText(), "who": self.who.text()}

    def _on_typed(self) -> None:
        if self.keeper is not None:
            self.keeper.soon()

    def keep(self) -> None:
        """Keep what is half written of a rehearsal."""
        if self.keeper is not None and self.learned.toPlainText().strip():
            self.keeper.keep()

    def _open(self) -> None:
        if self.room is not None:
            self.desk.edit(self.room.crisis)

    def _on_met(self, text: str) -> None:
        if self.room is not None:
            attempt(self.desk, meet, self.room.crisis, text)

    def _end(self) -> None:
        if self.room is None:
            return
        crisis = self.room.crisis
        if crisis.rehearsal:
            self._end_rehearsal()
        elif attempt(self.desk, stand_down, crisis) is not None:
            from pmdesk.gui.panels.post_mortem_panel import PostMortemPanel

            # once this click is over: the room it came from has gone with it
            QTimer.singleShot(0, self.desk, partial(self.desk.open_panel, partial(PostMortemPanel, self.desk, crisis)))  # fmt: skip

    def _end_rehearsal(self) -> None:
        if self.room is None:
            return
        desk, keeper = self.desk, self.keeper
        try:
            done = desk.do(end_rehearsal, self.room.crisis, self.learned.toPlainText(), self.who.text(),
                           at=desk.now(), say=True)  # fmt: skip
        except Refused as refused:
            self._tell(" ".join(spoken(self.words, problem) for problem in refused.problems))
            self.learned.setFocus()
            return
        if done is not None and keeper is not None:
            keeper.drop()
