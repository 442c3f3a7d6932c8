"""The text of a solitaire list: its header, and who stands on it with what."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from bot.model import Roster
from bot.understanding import SolitaireList, SolitaireRow
from nlp.lexicon import Lexicon
from nlp.normalise import normalise
from nlp.solitaire import marks
from nlp.solitaire.entries import Entry, entries
from nlp.solitaire.names import Splitter

_TAG = re.compile(r"\s*[#＃]?\s*接[龙龍]\s*")
_HASHED = re.compile(r"\s*[#＃]\s*接[龙龍]")
_WORD_ALONE = re.compile(r"\s*接[龙龍]\s*(?:[:：]|\n|\s[^\n]*?1\s*[.．、)）])")
_QUOTED = re.compile(r"\s*[「『“](?:(?!\n[-—–_= ]{5,}\n).)*[」』”]\s*\n[-—–_= ]{5,}\n?", re.DOTALL)
_ELIDED = re.compile(r"^[ \t\u3000]*(?:…+|[.。．]{3,}|⋯+|(?:中间)?省略.{0,8})[ \t\u3000]*$", re.MULTILINE)
_EXAMPLE = re.compile(r"[(（【\[]?(?:例如|示例|样例|范例|例子|例)[)）】\]]?(?:\s*[:：]|\s|$|[0-9])")
_PRICE = re.compile(r"[¥￥]\s*[0-9]|[0-9]\s*(?:元|块|/)|[0-9]+\.[0-9]|[/一每][^\s0-9]{1,2}\s*[0-9]")
_NOTICE = re.compile(
    "每人|每户|每家|限购|限量|截单|截止|自提|到货|取货|提货|付款|转账|公告|通知|注意|大家|请按|请在|运费|配送|发货|下单后|写清"
)


def after_quote(text: str) -> int:
    """Where the message begins behind a quoted copy of another one, as WeChat writes it."""
    match = _QUOTED.match(text)
    return match.end() if match else 0


def elided(text: str) -> bool:
    """Whether rows were folded away in a copy: a line of dots stands for them."""
    return _ELIDED.search(text) is not None


def tagged(text: str) -> bool:
    """Whether the message begins as a list does."""
    begin = after_quote(text)
    return (_HASHED.match(text, begin) or _WORD_ALONE.match(text, begin)) is not None


def parse(text: str, roster: Roster | None, splitter: Splitter) -> SolitaireList:
    """The list that a message holds; the span of a row is that of its content, in characters of the text."""
    begin = after_quote(text)
    if roster is not None and roster.entries:
        found, accounts = _of_roster(text, roster)
    else:
        found, accounts = list(entries(text, begin, splitter)), {}
    taking_part = list(_participants(text, found, splitter))
    rows = tuple(_row(text, entry, splitter, accounts.get(entry.start, "")) for entry in taking_part)
    header = text[begin : min((entry.begin for entry in taking_part or found), default=len(text))]
    return SolitaireList(
        header=_TAG.sub("", header, count=1).strip(), rows=rows, sid=roster.sid if roster else ""
    )


def _of_roster(text: str, roster: Roster) -> tuple[list[Entry], dict[int, str]]:
    """Entries as the network cut them, and the account of each by where it begins."""
    positions = _positions(text)
    found: list[Entry] = []
    accounts: dict[int, str] = {}
    for number, one in enumerate(roster.entries, 1):
        start, end = (positions[min(max(unit, 0), len(positions) - 1)] for unit in one.span)
        mark = marks.at_start(text, start, end)
        begin, start = start, mark.end if mark and mark.number == number else start
        found.append(Entry(number=number, begin=begin, start=start, end=max(start, end)))
        accounts[start] = one.sender_id
    return found, accounts


def _positions(text: str) -> list[int]:
    """The index of the character that holds each UTF-16 code unit, and the end."""
    indices = [index for index, character in enumerate(text) for _ in range(1 + (character > "\uffff"))]
    return [*indices, len(text)]


def _participants(text: str, found: Sequence[Entry], splitter: Splitter) -> Iterator[Entry]:
    """Entries that are somebody's: not the price list, the rules or the example above them."""
    runs = list(_runs(found))
    for run, following in zip_longest(runs, runs[1:]):
        restarts = following is not None and following[0].heading == run[-1].heading
        if not restarts or _has_known(text, run, splitter):
            yield from (entry for entry in run if not _is_notice(text, entry, splitter))


def _runs(found: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Entries whose numbers grow."""
    run: list[Entry] = []
    for entry in found:
        if run and entry.number <= run[-1].number:
            yield run
            run = []
        run.append(entry)
    if run:
        yield run


def _has_known(text: str, run: Iterable[Entry], splitter: Splitter) -> bool:
    return any(splitter.knows(_content(text, entry)) for entry in run)


def _is_notice(text: str, entry: Entry, splitter: Splitter) -> bool:
    content = _content(text, entry)
    if not content or _EXAMPLE.match(content):
        return True
    if splitter.knows(content):
        return False
    priced = _PRICE.search(content) is not None and _offers(content, splitter.lexicon)
    return priced or _NOTICE.search(splitter.split(content)[0]) is not None


def _offers(content: str, lexicon: Lexicon) -> bool:
    """Whether goods are named first, as in a price list."""
    return any(mention.start == 0 for mention in lexicon.mentions(normalise(content).text))


def _content(text: str, entry: Entry) -> str:
    return text[entry.start : entry.end].strip()


def _row(text: str, entry: Entry, splitter: Splitter, account: str) -> SolitaireRow:
    written = text[entry.start : entry.end]
    lead = len(written) - len(written.lstrip())
    name, after = splitter.split(written.strip())
    start = min(entry.start + lead + after, entry.end)
    content = text[start : entry.end].rstrip()
    return SolitaireRow(
        name=name,
        content=content,
        span=(start, start + len(content)),
        number=entry.number,
        account_id=account,
    )
