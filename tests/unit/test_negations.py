"""No "no" is ever lost: whatever way a harm is ruled out, it is steered clear of or refused.

Every content note in every frame, by the words that its own name is made of and by those that the
lexicon has for it. A frame that is read as nothing, or as a wish, fails.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

import pytest

from cryrec.models import NoteId
from cryrec.recommend.answers import AnswerName
from cryrec.wording.lexicon import Kind, load_lexicon
from cryrec.wording.names import Named
from cryrec.wording.reading import Reading, read_sentence

LEXICON = load_lexicon()


class NoTitles:
    """A world without titles, in which nothing but the rules decides."""

    def named(self, words: str) -> Named:
        return Named((), 0)

    def is_told(self, word: str) -> bool:
        return False

    studios: frozenset[str] = frozenset()


def read(sentence: str) -> Reading:
    return read_sentence(sentence, LEXICON, NoTitles())


def is_kept(sentence: str, notes: Iterable[NoteId]) -> bool:
    """Whether all notes are steered clear of, or the whole sentence is refused."""
    reading = read(sentence)
    avoided = set(reading.values(AnswerName.AVOID))
    return set(notes) <= avoided or bool(reading.refused or reading.unclear)


def in_words(note: NoteId) -> str:
    return note.replace("-", " ")


FRAMES = (
    "no {}",
    "no {}!!",
    "NO {}.",
    "without {}",
    "w/o {}",
    "sans {}",
    "minus {}",
    "zero {}",
    "non {}",
    "nothing with {}",
    "nothing about {}, 2 tissues",
    "nothing that has {} in it",
    "avoid {}",
    "skip {}",
    "please leave out {}",
    "leave {} out",
    "leave {} out of it",
    "let's leave {} out of it",
    "keep {} out of it",
    "keep away from {}",
    "steer clear of {}",
    "spare me {}",
    "except {}",
    "everything except {} is fine",
    "everything but {} is ok",
    "except {} everything is ok",
    "anything but {}",
    "anything but {} is welcome",
    "i'm fine with anything but {}",
    "i don't mind anything except {}",
    "all good apart from {}",
    "fine with everything apart from {}",
    "aside from {} i'm open",
    "other than {}, anything goes",
    "anything goes except {}",
    "anything goes, just no {}",
    "{} is the only thing i can't do",
    "{} is the one thing i don't want",
    "the only thing i can't watch is {}",
    "the one thing i don't want is {}",
    "anything is okay as long as there is no {}",
    "as long as there's no {} i'm happy",
    "so long as it has no {}",
    "provided there is no {}",
    "{}: no",
    "{} - no",
    "{}, no",
    "{} no",
    "{}? no",
    "{}? no thanks",
    "{}? hard pass",
    "{}? nope",
    "{} = no",
    "hard pass on {}",
    "hard no on {}",
    "hard no to {}",
    "no to {}",
    "{} is a hard no",
    "{} is a no go",
    "{} is a no-no",
    "{} is not ok",
    "{} is never ok",
    "{} is not for me",
    "{} isn't my thing",
    "{} isn't my cup of tea",
    "not a fan of {}",
    "i'm not a big fan of {}",
    "not into {}",
    "i'm not keen on {}",
    "not up for {}",
    "could do without {}",
    "i can do without {}",
    "{} i can do without",
    "i'd rather it had no {}",
    "i'd rather not see {}",
    "i would prefer no {}",
    "i'd prefer if there was no {}",
    "{}-free",
    "{}-free please, a film",
    "a {}-free film",
    "free of {}",
    "i don't want {}",
    "i do not want any {}",
    "i don't like {}",
    "i hate {}",
    "i can't stand {}",
    "i cannot take {}",
    "i can't handle {} today",
    "can't deal with {}",
    "i'm not ready for {}",
    "i don't think i can handle {}",
    "i'm not sure i can handle {}",
    "i doubt i can take {}",
    "{} upsets me",
    "{} makes me sick",
    "{} gives me nightmares",
    "{} is too much for me",
    "{} triggers me",
    "{} is a trigger",
    "trigger: {}",
    "tw {}",
    "i'm squeamish about {}",
    "i'm scared of {}",
    "i have a problem with {}",
    "not comfortable with {}",
    "uncomfortable with {}",
    "{} makes me uncomfortable",
    "if there is {} i'm out",
    "no film with {}",
    "no films about {}",
    "no more {}",
    "i've had enough of {}",
    "i've seen enough {}",
    "too much {} lately",
    "had too much {} lately",
    "a film tonight but no {}",
    "a film tonight, no {}, two hours",
    "a series (no {})",
    "no vampires, {}",
    "no ghosts or {}",
    "neither {} nor ghosts",
    "neither ghosts nor {}",
    "don't show me {}",
    "don't give me {}",
    "don't suggest anything with {}",
    "never {}",
    "none of that {}",
    "nobody wants {}",
    "exclude {}",
    "excluding {}",
    "rule out {}",
    "filter out {}",
    "remove {}",
    "ban {}",
    "block {}",
    "{} is off limits",
    "{} is off the table",
    "{} is out",
    "{} must not be in it",
    "{} shouldn't be in it",
    "{} should not appear",
    "{} needs to stay out",
    "there should be no {}",
    "there must not be any {}",
    "it must not have {}",
    "it mustn't contain {}",
    "it shouldn't have {}",
    "it doesn't have {}",
    "hopefully no {}",
    "preferably no {}",
    "if possible no {}",
    "no worries, but no {}",
    "violence is fine but no {}",
    "no torture but no {} either",
    "lack of {}",
    "with no {} at all",
    "with no {} whatsoever",
    "with as little {} as possible",
    "absolutely no {}",
    "definitely not {}",
    "certainly no {}",
    "and no {}",
    "also no {}",
    "plus no {}",
    "oh and no {}",
    "ok but no {}",
    "no, i don't want {}",
    "nah {} is not it",
    "nope to {}",
    "say no to {}",
    "allergic to {}",
    "sick of {}",
    "tired of {}",
    "-{}",
    "film -{}",
    "don t want {}",
    "dont want {}",
    "i do nt want {}",
    "i wont watch {}",
    "i aint watching {}",
    "i refuse to watch {}",
    "i'd skip {}",
    "save me from {}",
    "protect me from {}",
    "{} not please",
    "{} not allowed",
    "{} not wanted",
    "{} unwanted",
    "not {} please",
    "please not {}",
    "no {} or ghosts",
    "no {} and ghosts",
    "no romance, no {}",
    "{} and me don't mix",
    "{} and i don't get along",
    "nothing involving {}",
    "nothing featuring {}",
    "nothing to do with {}",
    "nothing where there is {}",
    "don't include {}",
    "do not include {}",
    "not including {}",
    "not interested in {}",
    "no interest in {}",
    "i'm avoiding {}",
    "i want to avoid {}",
    "trying to avoid {}",
    "is there something without {}?",
    "do you have a film without {}?",
    "can you find me one with no {}",
    "surprise me, no {}",
    "surprise me but not with {}",
    "like your name but no {}",
    "like your name without {}",
    "like your name minus the {}",
    "{} is where i draw the line",
    "i draw the line at {}",
    "{} would ruin my day",
    "{} ruins it for me",
    "{} is a dealbreaker",
    "{} isn't okay",
    "{} is not something i can watch",
    "i find {} hard to watch",
    "{} hits too close to home",
    "{} is too close to home",
)

ROWS = (
    "no {}, {} or {}",
    "no {}, {} and {}",
    "no {} or {} or {}",
    "no {} and {} and {}",
    "no {}/{}/{}",
    "no {}, no {}, no {}",
    "no {}. no {}. no {}.",
    "without {}, {} or {}",
    "without {}, without {} and without {}",
    "neither {} nor {} nor {}",
    "nothing with {}, {} or {}",
    "anything but {}, {} or {}",
    "everything except {}, {} and {} is fine",
    "except {}, {} and {} everything is ok",
    "all good apart from {}, {} and {}",
    "avoid {}, {}, {}",
    "avoid: {}, {}, {}",
    "i can't stand {}, {} and {}",
    "{}, {} and {} are out",
    "{}, {} or {}? no thanks",
    "{}: no, {}: no, {}: no",
    "{} no, {} no, {} no",
    "{}, {} and {} make me sick",
    "leave {}, {} and {} out of it",
    "not a fan of {}, {} or {}",
    "{}-free, {}-free and {}-free",
    "i'm fine with anything but {}, {} and {}",
    "no {}, a film, no {} and no {}",
    "no {} please, and {} and {} too",
    "{} is out, {} and {} too",
    "{} isn't my thing, same with {} and {}",
    "{} and {} upset me, and {} too",
    "as long as there is no {}, {} or {}",
    "i'd rather it had no {}, {} or {}",
    "could do without {}, {} and {}",
    "no {} & no {} & no {}",
    "no {} + {} + {}",
    "nothing too {}, {} or {}",
    "i hate {} and {} and also {}",
    "no {}; {}; {}",
)


@pytest.mark.parametrize("frame", FRAMES)
def test_every_note_is_kept_in_every_frame(frame: str) -> None:
    lost = [n for n in NoteId if not is_kept(frame.format(in_words(n)), [n])]
    assert lost == []


@pytest.mark.parametrize("frame", ROWS)
def test_a_row_of_three_is_kept_whole(frame: str) -> None:
    notes = list(NoteId)
    rows = zip(
        notes, notes[7:] + notes[:7], notes[13:] + notes[:13], strict=True
    )
    lost = [
        row
        for row in rows
        if not is_kept(frame.format(*map(in_words, row)), row)
    ]
    assert lost == []


def harm_phrases() -> Iterator[tuple[str, tuple[NoteId, ...]]]:
    """The shortest wording of every phrase that names a harm and is no answer, with its notes."""
    phrases = {id(p): p for row in LEXICON.phrases.values() for p in row}
    for phrase in phrases.values():
        if phrase.sense.kind is Kind.HARM:
            parts = [
                p for p in (*phrase.parts, *phrase.after) if not p.is_optional
            ]
            for word in sorted(parts[0].words):
                rest = (min(part.words) for part in parts[1:])
                yield " ".join((word, *rest)), phrase.sense.notes


@pytest.mark.parametrize("seed", range(20))
def test_every_word_for_a_harm_is_kept_in_some_frame(seed: int) -> None:
    """All words that the lexicon has for harms, each in one frame a seed."""
    chance = random.Random(seed)
    for words, notes in harm_phrases():
        frame = chance.choice(FRAMES)
        assert is_kept(frame.format(words), notes), frame.format(words)


@pytest.mark.parametrize("seed", range(20))
def test_rows_of_the_lexicons_own_words_are_read(seed: int) -> None:
    chance = random.Random(seed)
    words = (
        sorted(LEXICON.known)
        + [",", "no", "not", "without", "but", "?", "."] * 30
    )
    for _ in range(100):
        sentence = " ".join(chance.choices(words, k=chance.randint(1, 14)))
        read(sentence)
