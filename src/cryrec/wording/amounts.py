"""Times, tissues, ages and counts: numbers in digits and in words, with what they count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from cryrec.models import MOST_TISSUES
from cryrec.recommend.answers import AnswerName, TimeLimit
from cryrec.recommend.parsing import LONGEST_LIMIT, MOST_CARDS, OLDEST
from cryrec.wording.lexicon import COUNT
from cryrec.wording.tokens import Token


def _any(words: str) -> str:
    """Return a pattern for any of some words, which are patterns themselves."""
    return f"(?:{'|'.join(words.split())})"


_ONES: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen"
)
_SMALL: Final = {word: number for number, word in enumerate(_ONES.split())}
_TENS: Final = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fourty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}

# --- numbers ---

_ONE: Final = _any(_ONES)
_TEN: Final = _any(" ".join(_TENS))
_WORDED: Final = rf"(?:{_TEN}(?: {_ONE})?|{_ONE})"
_HUNDRED: Final = rf"(?:(?:an?|{_ONE}) hundred(?:(?: and)? {_WORDED})?)"
_DOZEN: Final = rf"(?:half a dozen|(?:(?:a|{_ONE}) )?dozen)"
_WHOLE: Final = rf"(?:\d+|{_HUNDRED}|{_DOZEN}|{_WORDED})"
_PART: Final = r"(?: 1/2| and (?:a half|a quarter|half|three quarters|1/2))"
_FRACTION: Final = (
    r"(?:half an?|an? half|three quarters of an?|(?:a )?quarter of an?|1/2 an?"
    r"|(?:a )?couple(?: of)?|(?:a )?few)"
)
_QUANTITY: Final = rf"(?:\d+\.\d+|{_FRACTION}|{_WHOLE}{_PART}?|an?)"

# --- units and what stands around an amount ---

_HOURS: Final = _any("h hr hrs hour hours")
_MINUTES: Final = _any("m min mins minute minutes")
_TISSUE: Final = _any(
    "tissues? hankies hanky hankie handkerchiefs? kleenex kleenexes"
)
_YEARS: Final = r"(?:(?:years?|yrs?|y) ?(?:olds?|of age)|yo|y or o)"
_OTHER_UNIT: Final = _any(
    "tissues? years? yo of out suggestions? stars? films? hours?"
)
_CHILD: Final = _any(
    "kids? child children sons? daughters? boys? girls? nieces? nephews? sisters? brothers? teens?"
    " teenagers? youngest oldest eldest grandchild grandson granddaughter cousins? students? i he"
    " she they somebody someone who"
)
_RATED: Final = _any("ages? aged rated rating pg fsk usk turning")
_FINE_FOR: Final = _any(
    "for fine ok okay safe good suitable appropriate from a an the my our only"
)
_AND_UP: Final = rf"(?: (?:and|or) {_any('up over older above under below younger lower less')})"
_ABOUT: Final = _any(
    "about around roughly approximately circa maybe just only exactly of the a an in for like"
)
_LESS: Final = _any("less shorter fewer lower quicker younger")
_MORE: Final = _any(
    "longer more over above beyond past greater higher exceeding older"
)
_AT_MOST: Final = (
    rf"(?:{_LESS} than|under|below|within|up to|upto|at (?:the )?most|max|maximum"
    rf"|(?:no|not|nothing|never|nor)(?: (?:be|any|go|going|much|rated)){{0,4}} {_MORE}(?: than)?)"
)
_AT_LEAST: Final = (
    r"(?:(?:longer|more|greater) than|over|above|at (?:the )?least|minimum|min"
    r"|not? (?:less|shorter|under) than|not? under)"
)
_TAIL: Final = (
    r"(?: (?:long|or less|or fewer|or so|or under|or shorter|max|maximum|tops"
    r"|at (?:the )?most|runtime|each)){0,4}"
)
_NOT_AGE: Final = (
    rf"(?! ?(?:{_HOURS}|{_MINUTES}|{_TISSUE}|days?|weeks?|evenings?|nights?|episodes?|films?|of"
    r"|out)\b)"
)
_END: Final = r"(?!\S)"

# --- amounts ---

_UNIT: Final = rf"(?: (?:{_HOURS}|{_MINUTES}))"
_RANGE: Final = (
    rf"(?:between |from )?{_QUANTITY}{_UNIT}? (?:to|till|until) "
    rf"|(?:between |from ){_QUANTITY}{_UNIT}? (?:and|or) "
    rf"|{_WHOLE}(?: (?:or|and))? "
)
_REST: Final = (
    rf"(?: and)? (?P<more>{_QUANTITY}) {_MINUTES}"
    rf"|(?: and)? (?P<rest>[1-5]\d|{_WORDED})(?! ?{_OTHER_UNIT}\b)"
)
_LENGTH: Final = (
    rf"(?P<clock>\d+:\d\d)(?: {_HOURS})?"
    rf"|(?P<hours>{_QUANTITY}) {_HOURS}(?P<part>{_PART})?(?:{_REST})?"
    rf"|(?P<minutes>{_QUANTITY}) {_MINUTES}"
    rf"|(?P<half>half hour)"
    rf"|(?P<hour>hour)\b(?P<hourpart>{_PART})?"
)
# Of a span such as "from an hour to two" the second is the limit, though the first would do.
_SPAN: Final = rf"(?:between|from) |{_QUANTITY}{_UNIT} (?:to|till|until) "
_TIME: Final = re.compile(
    rf"(?:(?P<least>{_AT_LEAST}) |{_AT_MOST} )?(?:{_ABOUT} ){{0,4}}?"
    rf"(?:(?={_SPAN})(?:{_RANGE})|(?:{_RANGE})??)(?:{_LENGTH}){_TAIL}{_END}"
)
_BARE_TIME: Final = re.compile(
    rf"{_AT_MOST} (?:{_ABOUT} ){{0,4}}"
    rf"(?P<bare>(?!(?:19|20)\d\d\b)\d{{1,4}}|{_HUNDRED}|{_WORDED}){_NOT_AGE}{_END}"
)
_EPISODE: Final = "(?:eps?|episodes?)"
_EPISODES: Final = re.compile(
    rf"(?:(?P<least>{_AT_LEAST}) |{_AT_MOST} )?(?:{_ABOUT} ){{0,4}}?"
    rf"(?:(?:between )?{_WHOLE} (?:to |or |and )?)??(?P<n>{_WHOLE})(?: or so)? {_EPISODE}"
    rf"(?:(?: of| at| with)? (?:{_ABOUT} )?(?P<each>{_WHOLE}) {_MINUTES})?{_TAIL}{_END}"
)
# How long one of them is, and seasons of any length: nothing that can be answered.
_OTHER_EPISODES: Final = re.compile(
    rf"(?:{_WHOLE} {_MINUTES}(?: long)? {_EPISODE}"
    rf"|{_EPISODE} (?:(?:{_AT_MOST}|{_ABOUT}|with) ){{0,3}}{_WHOLE} {_MINUTES}"
    rf"|(?:{_AT_MOST} )?(?:{_ABOUT} )?{_WHOLE} (?:seasons?|cours?)){_END}"
)
_DECADE: Final = (
    r"(?:(?:19|20)?\d0 ?s|(?:twenties|thirties|fourties|forties|fifties|sixties|seventies"
    r"|eighties|nineties|noughties|aughts))"
)
_WHEN: Final = "(?:from|since|before|after|until|made|released|newer|older|later|earlier|than)"
_THE: Final = "(?:the )?(?:(?:early|late|mid) )?"
_YEAR: Final = re.compile(
    rf"(?:(?:{_WHEN} )+(?:in )?{_THE}(?:{_DECADE}|(?:19|20)\d\d)"
    rf"|(?:(?:of|in) )?{_THE}{_DECADE}){_END}"
)
_OF_FIVE: Final = rf"(?: out)? of (?:5|five)(?: {_TISSUE})?"
_LEVEL: Final = (
    rf"(?:{_TISSUE}|sadness|intensity|level|heaviness)"
    r"(?: (?:level|of|at|score|rating|count)){0,4}"
)
_TISSUES: Final = re.compile(
    rf"(?:(?:{_WHOLE}(?: (?:to|or))? )??(?:all )?(?P<n>{_WHOLE}|a)(?: or (?:less|fewer))?"
    rf"(?:(?: full)? {_TISSUE}|{_OF_FIVE})"
    rf"|(?P<slash>\d)/5(?: {_TISSUE})?"
    rf"|{_LEVEL}[ ,]*(?P<after>{_WHOLE})(?: out of (?:5|five))?){_END}"
)
_IS_AGED: Final = _any(
    ", is am are was just turned only of under aged who about and"
)
_YOUNGER: Final = r"(?:under|below|younger than|up to|of|aged)"
_AGE: Final = re.compile(
    rf"(?:(?:(?:{_FINE_FOR}|with|of|under|aged?) ){{0,4}}(?P<old>{_WHOLE}) {_YEARS}(?: {_CHILD})?"
    rf"|(?:(?:{_FINE_FOR}|under|below|of) ){{0,4}}"
    rf"{_RATED} (?P<aged>{_WHOLE}){_AND_UP}?(?: \+)?{_NOT_AGE}"
    rf"|(?:{_FINE_FOR} ){{0,4}}{_CHILD} (?:{_IS_AGED} ){{1,4}}(?P<child>{_WHOLE}){_NOT_AGE}"
    rf"|(?P<up>{_WHOLE})(?: \+|(?: years)?{_AND_UP})"
    rf"|(?:{_FINE_FOR} ){{0,4}}(?:{_CHILD} )?(?:under|below|over|above) (?P<under>{_WHOLE}) s"
    rf"|(?:{_FINE_FOR} ){{0,4}}{_CHILD} {_YOUNGER} (?P<below>{_WHOLE}){_NOT_AGE}){_END}"
)
_CARDS: Final = _any(
    "suggestions? recommendations? recs picks? options ideas choices cards? titles"
)
_COUNT: Final = re.compile(rf"(?P<n>{_WHOLE}) {_CARDS}{_END}")

EPISODE: Final = 24
"""Minutes of an episode where only their number is said, as nearly every series has them."""

# Below this a bare number after "under" is an age, and from it on it is minutes.
_GROWN_UP: Final = 22
_YOUNGEST: Final = 3
_FEWEST_EPISODES: Final = 2


class Amount(NamedTuple):
    """An amount that begins at a word: where it ends, and what it answers.

    Without an answer it is one that cannot be given, such as "the nineties". One that `is_least`
    can be given only by whoever rules it out: "nothing over five hours".
    """

    end: int
    answer: str
    value: str
    is_least: bool = False


class Amounts:
    """The amounts in a sentence, looked for word by word."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._text = " ".join(token.text for token in tokens)
        self._starts: list[int] = []
        place = 0
        for token in tokens:
            self._starts.append(place)
            place += len(token.text) + 1
        self._places = {
            start: index for index, start in enumerate(self._starts)
        }

    def at(self, index: int) -> Amount | None:
        """Return the longest amount that begins at a word; None if there is none."""
        start = self._starts[index]
        readings = (
            self._time(start),
            self._bare_time(start),
            self._episodes(start),
            self._year(start),
            self._tissues(start),
            self._age(start),
            self._count(start),
        )
        amounts = [amount for amount in readings if amount is not None]
        return max(amounts, key=lambda amount: amount.end, default=None)

    def _index_behind(self, match: re.Match[str]) -> int:
        return self._places.get(match.end() + 1, len(self._starts))

    def _time(self, start: int) -> Amount | None:
        match = _TIME.match(self._text, start)
        if match is None:
            return None
        end = self._index_behind(match)
        minutes = _minutes(match)
        return _time_of(end, minutes, is_least=bool(match["least"]))

    def _episodes(self, start: int) -> Amount | None:
        """Return the time that some episodes take; a single one is no series."""
        match = _OTHER_EPISODES.match(self._text, start)
        if match:
            return Amount(self._index_behind(match), "", "")
        match = _EPISODES.match(self._text, start)
        if match is None:
            return None
        count = _number(match["n"])
        if count < _FEWEST_EPISODES:
            return None
        minutes_each = _number(match["each"]) if match["each"] else EPISODE
        minutes = round(count * minutes_each)
        end = self._index_behind(match)
        return _time_of(end, minutes, is_least=bool(match["least"]))

    def _year(self, start: int) -> Amount | None:
        """Return a year or a decade in which a title was made: there is no answer for it."""
        match = _YEAR.match(self._text, start)
        return Amount(self._index_behind(match), "", "") if match else None

    def _bare_time(self, start: int) -> Amount | None:
        match = _BARE_TIME.match(self._text, start)
        if match is None:
            return None
        end = self._index_behind(match)
        number = int(_number(match["bare"]))
        if number < _YOUNGEST:
            return None
        if number < _GROWN_UP:
            return Amount(end, AnswerName.MAX_AGE, str(number))
        return _time_of(end, number)

    def _tissues(self, start: int) -> Amount | None:
        match = _TISSUES.match(self._text, start)
        if match is None:
            return None
        digits = match["n"] or match["slash"] or match["after"]
        number = int(_number(digits))
        is_possible = 1 <= number <= MOST_TISSUES
        answer = AnswerName.TISSUES if is_possible else ""
        return Amount(self._index_behind(match), answer, str(number))

    def _age(self, start: int) -> Amount | None:
        match = _AGE.match(self._text, start)
        if match is None:
            return None
        digits = next(group for group in match.groups() if group)
        number = int(_number(digits))
        answer = AnswerName.MAX_AGE if number <= OLDEST else ""
        return Amount(self._index_behind(match), answer, str(number))

    def _count(self, start: int) -> Amount | None:
        match = _COUNT.match(self._text, start)
        if match is None:
            return None
        number = int(_number(match["n"]))
        answer = COUNT if 1 <= number <= MOST_CARDS else ""
        return Amount(self._index_behind(match), answer, str(number))


def _time_of(end: int, minutes: int, is_least: bool = False) -> Amount:
    if not 1 <= minutes <= LONGEST_LIMIT:
        return Amount(end, "", "")
    limit = TimeLimit.of_minutes(minutes)
    return Amount(end, AnswerName.TIME, limit.word, is_least)


def _minutes(match: re.Match[str]) -> int:
    """Return the minutes of a length; hours may have a half, and minutes behind them."""
    if match["clock"]:
        hours, minutes = match["clock"].split(":")
        return 60 * int(hours) + int(minutes)
    if match["minutes"]:
        return round(_number(match["minutes"]))
    if match["half"]:
        return 30
    whole_hours = _number(match["hours"] or "one")
    part_of_hour = _part(match["part"] or match["hourpart"] or "")
    further_minutes = _number(match["more"] or match["rest"] or "zero")
    return round(60 * whole_hours + 60 * part_of_hour + further_minutes)


def _number(text: str) -> float:
    """Return the number that some words say."""
    digits = re.sub(r"(?<!and) 1/2", " and 1/2", text.strip())
    if digits.replace(".", "", 1).isdigit():
        return float(digits)
    if digits.endswith("dozen"):
        count = digits.removesuffix("dozen").strip()
        return _DOZENS.get(count) or 12 * _number(count)
    for beginning, number in _FIXED.items():
        if digits.startswith(beginning):
            return number
    whole, _, rest = digits.partition(" and ")
    part = _part(rest)
    if part:
        return _number(whole) + part
    if digits in ("a", "an"):
        return 1.0
    return float(_spelled_out(digits.split()))


def _spelled_out(words: Sequence[str]) -> int:
    """Return the number that "two hundred and five" is; 0 for words that are none."""
    total = 0
    for word in words:
        if word == "hundred":
            total = 100 * max(1, total)
        total += _SMALL.get(word, _TENS.get(word, 0))
    return total


_DOZENS: Final = {"half a": 6.0, "": 12.0, "a": 12.0}
_FIXED: Final = {
    "half": 0.5,
    "a half": 0.5,
    "an half": 0.5,
    "three quarters of": 0.75,
    "a quarter": 0.25,
    "quarter": 0.25,
    "1/2": 0.5,
    "a couple": 2.0,
    "couple": 2.0,
    "a few": 3.0,
    "few": 3.0,
}


def _part(text: str) -> float:
    """Return the fraction that "and a half" adds."""
    return _PARTS.get(text.removeprefix(" and "), 0.0)


_PARTS: Final = {
    "a half": 0.5,
    "half": 0.5,
    "1/2": 0.5,
    "a quarter": 0.25,
    "three quarters": 0.75,
}
