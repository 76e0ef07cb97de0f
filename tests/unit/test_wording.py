"""A person's own words: what a sentence says, and that no "no" in it is ever lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cryrec.catalogue import load_bundled
from cryrec.errors import UsageProblem
from cryrec.matching import normalise
from cryrec.models import (
    MOST_TISSUES,
    Aftertaste,
    Band,
    Format,
    Mood,
    NoteId,
    Setting,
)
from cryrec.premises import Premises, plain
from cryrec.recommend.answers import AnswerName, Direction
from cryrec.wording.lexicon import DIRECTION, Kind, Phrase, load_lexicon
from cryrec.wording.names import LONGEST_NAME, MOST_PLACES, Named
from cryrec.wording.reading import LONGEST, Reading, read_sentence
from cryrec.wording.slips import mended
from cryrec.wording.tokens import Token

LEXICON = load_lexicon()


class Titles:
    """The titles that come with the program, as a sentence has to know them."""

    def __init__(self) -> None:
        self.catalogue = load_bundled()
        self.premises = Premises(self.catalogue.titles)
        names = self.catalogue.studio_names
        self.studios = frozenset(normalise(name.text) for name in names)

    def named(self, words: str) -> Named:
        matches = self.catalogue.search(words).named
        return Named(
            tuple(m.key for m in matches), matches[0].score if matches else 0
        )

    def is_told(self, word: str) -> bool:
        return self.premises.is_told(word)


TITLES = Titles()


def told_words() -> Iterator[str]:
    """The words of which titles' phrases and blurbs are made."""
    for title in TITLES.catalogue.titles:
        for text in (*title.about, title.blurb or ""):
            yield from (word for word in plain(text).split() if word.isalpha())


VALUES = {
    AnswerName.MOOD: set(Mood),
    AnswerName.TIME: {*Band},
    AnswerName.FORMAT: set(Format),
    AnswerName.TISSUES: {str(number) for number in range(1, MOST_TISSUES + 1)},
    AnswerName.AFTERTASTE: set(Aftertaste),
    AnswerName.SETTING: set(Setting),
    DIRECTION: set(Direction),
}
"""Every value of every answer that words give."""


def read(sentence: str) -> Reading:
    return read_sentence(sentence, LEXICON, TITLES)


def said(sentence: str) -> dict[str, str | tuple[str, ...]]:
    """The answers in a sentence, several values of one in a tuple."""
    answers: dict[str, list[str]] = {}
    for each in read(sentence).understood:
        answers.setdefault(str(each.answer), []).append(str(each.value))
    return {
        name: values[0] if len(values) == 1 else tuple(values)
        for name, values in answers.items()
    }


# --- the lexicon


def ways() -> Counter[tuple[str, str]]:
    """How many phrases of the lexicon give each value of each answer."""
    counts: Counter[tuple[str, str]] = Counter()
    for sense in LEXICON.senses():
        if sense.kind is Kind.ANSWER:
            counts[sense.answer, sense.value] += 1
        if sense.kind is Kind.HARM:
            counts.update((AnswerName.AVOID, note) for note in sense.notes)
    return counts


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        (answer, value)
        for answer, values in VALUES.items()
        for value in sorted(values)
    ],
)
def test_every_answer_can_be_said_in_several_ways(
    answer: str, value: str
) -> None:
    assert ways()[answer, value] >= 3


@pytest.mark.parametrize("note", NoteId)
def test_every_content_note_can_be_named_in_several_ways(note: NoteId) -> None:
    # A single phrase of the file often stands for a dozen: what counts is how many words name it.
    phrases = [
        phrase
        for row in LEXICON.phrases.values()
        for phrase in row
        if phrase.sense.kind is Kind.HARM and note in phrase.sense.notes
    ]
    words = {
        word
        for phrase in phrases
        for part in (*phrase.parts, *phrase.after)
        for word in part.words
    }
    assert len(words) >= 3


def test_the_lexicon_knows_no_answer_that_does_not_exist() -> None:
    for answer, value in ways():
        if answer in VALUES:
            times_of_ones_own = (
                answer == AnswerName.TIME
                and value.rstrip("hm0123456789") == ""
            )
            assert (
                value in VALUES[answer] or value == "any" or times_of_ones_own
            )


# --- what a sentence says


@pytest.mark.parametrize(
    ("sentence", "answers"),
    [
        ("two hours and a quarter", {"time": "2h15"}),
        ("1.5 hours", {"time": "1h30"}),
        ("three quarters of an hour", {"time": "45m"}),
        ("90 min tops", {"time": "1h30"}),
        ("between one and two hours", {"time": "2h"}),
        ("no more than two hours, a movie", {"time": "2h", "format": "movie"}),
        ("nothing over 100", {"time": "1h40"}),
        (
            "movie for my 8 year old daughter",
            {"format": "movie", "max_age": "8"},
        ),
        ("rated 12 or lower", {"max_age": "12"}),
        ("4/5", {"tissues": "4"}),
        ("two out of five tissues", {"tissues": "2"}),
        ("two tissues, something quick", {"tissues": "2", "time": "2h"}),
        ("a film or a series", {"format": "any"}),
        ("tonight, two hours", {"time": "2h"}),
        ("not a film", {"format": "series"}),
        (
            "guilt and redemption in space",
            {"mood": "regret", "setting": "sci-fi"},
        ),
        ("no unhappy ending please", {"aftertaste": "lighter"}),
        ("five suggestions", {"count": "5"}),
        ("at most 12 episodes", {"time": "4h48", "format": "series"}),
        ("half a dozen eps", {"time": "2h24", "format": "series"}),
        ("12 episodes of 20 minutes", {"time": "4h", "format": "series"}),
        ("nothing over five hours", {"time": "5h"}),
        ("somewhere between ninety minutes and two hours", {"time": "2h"}),
        ("2 1/2 hours", {"time": "2h30"}),
        ("a short series", {"time": "weekend", "format": "series"}),
        ("a short film", {"time": "2h", "format": "movie"}),
        ("a period film", {"setting": "historical", "format": "movie"}),
        ("an ending that isn't hopeless", {"aftertaste": "lighter"}),
        ("not without hope", {"aftertaste": "lighter"}),
        ("neither too long nor too sad", {"time": "2h", "tissues": "2"}),
    ],
)
def test_answers_in_everyday_words(
    sentence: str, answers: dict[str, str]
) -> None:
    assert said(sentence) == answers


@pytest.mark.parametrize(
    ("sentence", "like", "direction"),
    [
        ("something like anohana but gentler", "anohana", "gentler"),
        ("sadder than your lie in april", "your-lie-in-april", "harder"),
        ("not as long as clannad", "clannad-after-story", "shorter"),
        ("plastic memories, but less sad", "plastic-memories", "gentler"),
        ("similar to wolf childern, only longer", "wolf-children", "longer"),
    ],
)
def test_a_title_to_go_from(sentence: str, like: str, direction: str) -> None:
    assert said(sentence) == {"like": like, "direction": direction}


@pytest.mark.parametrize(
    ("sentence", "age"),
    [
        ("with my kids", "10"),
        ("for the kids tonight", "10"),
        ("with my little daughter", "10"),
        ("for children", "10"),
        ("family movie night", "10"),
        ("me and my niece", "10"),
        ("something for my class", "10"),
        ("the children can watch it too", "10"),
        ("with my teenage son", "13"),
        ("for my students", "13"),
        ("my daughter, who is twelve, is watching", "12"),
        ("for my 6yo and 9yo", "6"),
    ],
)
def test_who_watches_along_is_an_age(sentence: str, age: str) -> None:
    assert said(sentence)["max_age"] == age


@pytest.mark.parametrize(
    "sentence",
    [
        "watching with grandma",
        "the kids are in bed",
        "my sister and i are watching",
        "not for kids",
    ],
)
def test_grown_ups_and_children_asleep_are_no_age(sentence: str) -> None:
    assert said(sentence) == {}


@pytest.mark.parametrize(
    ("sentence", "mood"),
    [
        ("two people who never meet", "missed"),
        ("they can't be together", "missed"),
        ("they never said goodbye", "regret"),
        ("i'm not over my ex", "missed"),
        ("he is no longer there", "left-behind"),
    ],
)
def test_a_sad_story_with_a_no_in_it_is_a_mood(
    sentence: str, mood: str
) -> None:
    assert said(sentence) == {"mood": mood}
    assert read(sentence).refused == ()


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("a sad movie from the 90s", "from the 90s"),
        ("a film made before 2000", "made before 2000"),
        ("a movie by kyoani", "by kyoani"),
        ("a film by kyoto animation", "by kyoto animation"),
        ("a studio ghibli movie", "studio ghibli"),
        ("a film with 2 seasons", "2 seasons"),
    ],
)
def test_what_there_is_no_answer_for_is_said_in_one_piece(
    sentence: str, span: str
) -> None:
    reading = read(sentence)
    assert reading.not_understood == (span,)
    assert reading.wishes == ()


@pytest.mark.parametrize("word", ["anime", "animated", "a cartoon"])
def test_that_it_is_drawn_says_nothing(word: str) -> None:
    reading = read(f"{word} about sisters")
    assert (reading.wishes, reading.not_understood) == (("sisters",), ())


def test_being_polite_names_no_title() -> None:
    assert said("i'd like a silent film") == {"format": "movie"}


@pytest.mark.parametrize("sentence", ["a film about sisters", "sisters, film"])
def test_a_word_that_titles_are_about_is_a_wish(sentence: str) -> None:
    assert read(sentence).wishes == ("sisters",)


def test_what_nobody_knows_is_said() -> None:
    assert read("a film with zyzzyva").not_understood == ("zyzzyva",)


def test_at_least_is_no_time_that_can_be_given() -> None:
    reading = read("at least two hours")
    assert reading.understood == ()
    assert reading.not_understood == ("at least two hours",)


# --- what is not wanted


NEGATIONS = (
    "no {}",
    "without {}",
    "a film without {} tonight",
    "nothing with {}",
    "nothing about {}, 2 tissues",
    "please avoid {}",
    "skip {}",
    "i don't want {}",
    "i can't stand {}",
    "i hate {}",
    "not too {}",
    "it shouldn't have {}",
    "i'm not in the mood for {}",
    "anything but {}",
    "no vampires, {}",
    "no ghosts or {}",
    "neither {} nor ghosts",
    "{} makes me sick",
    "keep {} out of it",
    "film, {}? no thanks",
    "NO {}",
    "no worries, but no {}",
)


def harms() -> Iterator[Phrase]:
    """The first words of every part of every phrase that names a harm, with its notes."""
    seen = set()
    for row in LEXICON.phrases.values():
        for phrase in row:
            if phrase.sense.kind is Kind.HARM and id(phrase) not in seen:
                seen.add(id(phrase))
                yield phrase


@st.composite
def ruled_out(draw: st.DrawFn) -> tuple[str, set[NoteId]]:
    """A sentence that rules a harm out, and the notes that stand for it."""
    phrase = draw(st.sampled_from(list(harms())))
    parts = [
        part for part in (*phrase.parts, *phrase.after) if not part.is_optional
    ]
    words = [draw(st.sampled_from(sorted(part.words))) for part in parts]
    template = draw(st.sampled_from(NEGATIONS))
    return template.format(" ".join(words)), set(phrase.sense.notes)


@settings(max_examples=400, deadline=None)
@given(ruled_out())
def test_no_negation_is_ever_lost(case: tuple[str, set[NoteId]]) -> None:
    sentence, notes = case
    reading = read(sentence)
    avoided = set(reading.values(AnswerName.AVOID))
    assert notes <= avoided or reading.refused, reading


@pytest.mark.parametrize(
    ("sentence", "notes"),
    [
        ("no dead kids or parents", {"child-death", "parent-death"}),
        (
            "no war, starvation and child abuse",
            {"war", "starvation", "child-abuse", "domestic-abuse"},
        ),
        ("where the dog doesn't die", {"animal-death"}),
        ("the dog lives", {"animal-death"}),
        ("no movies about war", {"war"}),
        ("no violance", {"graphic-violence"}),
        ("a gore-free film", {"graphic-violence"}),
        ("no gore. no rape!", {"graphic-violence", "sexual-violence"}),
    ],
)
def test_how_far_a_no_reaches(sentence: str, notes: set[str]) -> None:
    assert set(read(sentence).values(AnswerName.AVOID)) >= notes - {
        "domestic-abuse"
    }
    assert not read(sentence).refused


@pytest.mark.parametrize(
    ("sentence", "notes"),
    [
        ("except suicide everything is ok", {"suicide"}),
        ("no torture, violence is fine", {"torture"}),
        ("death is fine, suicide is not", {"suicide"}),
        (
            "violence: no. illness: no. romance: yes.",
            {"graphic-violence", "terminal-illness"},
        ),
        ("with war is okay but with torture not", {"torture"}),
        ("i don't think i can handle gore", {"graphic-violence"}),
        ("gore is never ok", {"graphic-violence"}),
        ("film -gore", {"graphic-violence"}),
        ("deaths are ok except for children", {"child-death"}),
        ("no pointless gore", {"graphic-violence"}),
        ("zero drugs, zero problem with violence", {"substance-use"}),
    ],
)
def test_exactly_what_a_no_reaches(sentence: str, notes: set[str]) -> None:
    reading = read(sentence)
    assert set(reading.values(AnswerName.AVOID)) == notes
    assert reading.refused == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "don't avoid war on my account",
        "no need to avoid illness",
        "it doesn't have to be short",
        "i don't mind violence",
    ],
)
def test_a_no_to_a_no_rules_nothing_out(sentence: str) -> None:
    assert said(sentence) == {}


@pytest.mark.parametrize("sentence", ["gore", "film, gore", "eliminate gore"])
def test_a_harm_that_stands_alone_is_asked_about(sentence: str) -> None:
    assert read(sentence).unclear == ("gore",)


def test_a_harm_that_something_is_about_is_wished_for() -> None:
    reading = read("a film about bullying")
    assert (reading.wishes, reading.unclear) == (("bullying",), ())


def test_no_word_that_titles_are_about_is_taken_for_a_slip() -> None:
    tokens = [Token(word, 0, len(word)) for word in sorted(set(told_words()))]
    assert mended(tokens, LEXICON) == tokens


def test_a_no_ends_where_a_wish_begins() -> None:
    assert said("no war, a film with ghosts") == {
        "avoid": "war",
        "format": "movie",
        "words": "ghosts",
    }


def test_what_is_fine_is_not_avoided() -> None:
    assert said("violence is fine but no torture") == {"avoid": "torture"}


@pytest.mark.parametrize(
    "thing", ["vampires", "romance", "fantasy", "religion"]
)
def test_a_thing_that_is_no_note_is_refused(thing: str) -> None:
    assert read(f"tonight, no {thing}").refused == (thing,)


# --- whatever is typed


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_nothing_that_is_typed_crashes(sentence: str) -> None:
    read(sentence)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(sorted(LEXICON.known)), max_size=14).map(" ".join)
)
def test_no_row_of_known_words_crashes(sentence: str) -> None:
    read(sentence)


@pytest.mark.parametrize(
    "unit",
    [
        "like ",
        "no ",
        "an hour and a half ",
        "xqzv wjkq ",
        "half a ",
        "not as long as ",
        "1 ",
        "a,",
    ],
)
def test_a_long_text_costs_few_searches(unit: str) -> None:
    """However often a text compares: each search for a name may take as long as all the rest."""
    sought: list[str] = []

    class Counting(Titles):
        def __init__(self) -> None:
            self.studios = frozenset()

        def named(self, words: str) -> Named:
            sought.append(words)
            return Named((), 0)

        def is_told(self, word: str) -> bool:
            return False

    read_sentence((unit * LONGEST)[:LONGEST], LEXICON, Counting())
    assert len(sought) <= 2 * (MOST_PLACES + 1) * LONGEST_NAME


def test_more_than_a_sentence_is_refused() -> None:
    with pytest.raises(UsageProblem, match="a sentence is enough"):
        read("a" * (LONGEST + 1))
