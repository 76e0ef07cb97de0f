"""A person's own words: what a sentence says, and that no "no" in it is ever lost."""

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
from cryrec.premises import Premises
from cryrec.recommend.answers import AnswerName, Direction
from cryrec.wording.lexicon import DIRECTION, Kind, load_lexicon
from cryrec.wording.names import LONGEST_NAME, MOST_PLACES, Named
from cryrec.wording.reading import LONGEST, read_sentence

LEXICON = load_lexicon()


class Titles:
    """The titles that come with the program, as a sentence has to know them."""

    def __init__(self):
        self.catalogue = load_bundled()
        self.premises = Premises(self.catalogue.titles)
        self.studios = {normalise(name.text) for name in self.catalogue.studio_names}

    def named(self, words):
        matches = self.catalogue.search(words).named
        return Named(tuple(m.key for m in matches), matches[0].score if matches else 0)

    def is_told(self, word):
        return self.premises.is_told(word)


TITLES = Titles()

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


def read(sentence):
    return read_sentence(sentence, LEXICON, TITLES)


def said(sentence):
    """The answers in a sentence, several values of one in a tuple."""
    answers = {}
    for each in read(sentence).understood:
        answers.setdefault(str(each.answer), []).append(str(each.value))
    return {
        name: values[0] if len(values) == 1 else tuple(values)
        for name, values in answers.items()
    }


# --- the lexicon


def ways():
    """How many phrases of the lexicon give each value of each answer."""
    counts = {}
    for sense in LEXICON.senses():
        if sense.kind is Kind.ANSWER:
            counts[sense.answer, sense.value] = (
                counts.get((sense.answer, sense.value), 0) + 1
            )
        if sense.kind is Kind.HARM:
            for note in sense.notes:
                counts[AnswerName.AVOID, note] = (
                    counts.get((AnswerName.AVOID, note), 0) + 1
                )
    return counts


@pytest.mark.parametrize(
    ("answer", "value"),
    [(answer, value) for answer, values in VALUES.items() for value in sorted(values)],
)
def test_every_answer_can_be_said_in_several_ways(answer, value):
    assert ways()[answer, value] >= 3


@pytest.mark.parametrize("note", NoteId)
def test_every_content_note_can_be_named_in_several_ways(note):
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


def test_the_lexicon_knows_no_answer_that_does_not_exist():
    for answer, value in ways():
        if answer in VALUES:
            times_of_ones_own = (
                answer == AnswerName.TIME and value.rstrip("hm0123456789") == ""
            )
            assert value in VALUES[answer] or value == "any" or times_of_ones_own


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
        ("movie for my 8 year old daughter", {"format": "movie", "max_age": "8"}),
        ("rated 12 or lower", {"max_age": "12"}),
        ("4/5", {"tissues": "4"}),
        ("two out of five tissues", {"tissues": "2"}),
        ("two tissues, something quick", {"tissues": "2", "time": "2h"}),
        ("a film or a series", {"format": "any"}),
        ("tonight, two hours", {"time": "2h"}),
        ("not a film", {"format": "series"}),
        ("guilt and redemption in space", {"mood": "regret", "setting": "sci-fi"}),
        ("no unhappy ending please", {"aftertaste": "lighter"}),
        ("five suggestions", {"count": "5"}),
    ],
)
def test_answers_in_everyday_words(sentence, answers):
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
def test_a_title_to_go_from(sentence, like, direction):
    assert said(sentence) == {"like": like, "direction": direction}


def test_being_polite_names_no_title():
    assert said("i'd like a silent film") == {"format": "movie"}


@pytest.mark.parametrize("sentence", ["a film about sisters", "sisters, film"])
def test_a_word_that_titles_are_about_is_a_wish(sentence):
    assert read(sentence).wishes == ("sisters",)


def test_what_nobody_knows_is_said():
    assert read("a film with zyzzyva").not_understood == ("zyzzyva",)


def test_at_least_is_no_time_that_can_be_given():
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


def harms():
    """The first words of every part of every phrase that names a harm, with its notes."""
    seen = set()
    for row in LEXICON.phrases.values():
        for phrase in row:
            if phrase.sense.kind is Kind.HARM and id(phrase) not in seen:
                seen.add(id(phrase))
                yield phrase


@st.composite
def ruled_out(draw):
    """A sentence that rules a harm out, and the notes that stand for it."""
    phrase = draw(st.sampled_from(list(harms())))
    parts = [part for part in (*phrase.parts, *phrase.after) if not part.is_optional]
    words = [draw(st.sampled_from(sorted(part.words))) for part in parts]
    template = draw(st.sampled_from(NEGATIONS))
    return template.format(" ".join(words)), set(phrase.sense.notes)


@settings(max_examples=400, deadline=None)
@given(ruled_out())
def test_no_negation_is_ever_lost(case):
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
def test_how_far_a_no_reaches(sentence, notes):
    assert set(read(sentence).values(AnswerName.AVOID)) >= notes - {"domestic-abuse"}
    assert not read(sentence).refused


def test_a_no_ends_where_a_wish_begins():
    assert said("no war, a film with ghosts") == {
        "avoid": "war",
        "format": "movie",
        "words": "ghosts",
    }


def test_what_is_fine_is_not_avoided():
    assert said("violence is fine but no torture") == {"avoid": "torture"}


@pytest.mark.parametrize("thing", ["vampires", "romance", "fantasy", "religion"])
def test_a_thing_that_is_no_note_is_refused(thing):
    assert read(f"tonight, no {thing}").refused == (thing,)


# --- whatever is typed


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_nothing_that_is_typed_crashes(sentence):
    read(sentence)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(sorted(LEXICON.known)), max_size=14).map(" ".join))
def test_no_row_of_known_words_crashes(sentence):
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
def test_a_long_text_costs_few_searches(unit):
    """However often a text compares: each search for a name may take as long as all the rest."""
    sought = []

    class Counting(Titles):
        def __init__(self):
            pass

        studios = frozenset()

        def named(self, words):
            sought.append(words)
            return Named((), 0)

        def is_told(self, word):
            return False

    read_sentence((unit * LONGEST)[:LONGEST], LEXICON, Counting())
    assert len(sought) <= 2 * (MOST_PLACES + 1) * LONGEST_NAME


def test_more_than_a_sentence_is_refused():
    with pytest.raises(UsageProblem, match="a sentence is enough"):
        read("a" * (LONGEST + 1))
