"""The vocabulary: what a title is, and the fixed words it is described with.

Everything here is frozen and knows nothing of files, terminals or ranking. All durations are whole
minutes.

Annotations are evaluated here, and in the other modules that say what is stored: as text they would
be evaluated at every start, when msgspec asks for them.
"""

from bisect import bisect_left
from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from msgspec import Struct


class Mood(StrEnum):
    """The eight kinds of cry."""

    GOODBYE = "goodbye"
    LEFT_BEHIND = "left-behind"
    MISSED = "missed"
    FAMILY = "family"
    REGRET = "regret"
    SACRIFICE = "sacrifice"
    CRUEL_WORLD = "cruel-world"
    HEALING = "healing"

    @property
    def label(self) -> str:
        """The short name a person reads, such as "A long goodbye"."""
        return _MOOD_WORDS[self][0]

    @property
    def phrase(self) -> str:
        """The name as it stands inside a sentence, its first letter small."""
        return self.label[0].lower() + self.label[1:]

    @property
    def line(self) -> str:
        """One sentence that says what this kind of cry is about."""
        return _MOOD_WORDS[self][1]

    @property
    def neighbours(self) -> frozenset["Mood"]:
        """The kinds of cry close enough to stand in for this one; symmetric."""
        return _NEIGHBOURS[self]


_MOOD_WORDS: Final = {
    Mood.GOODBYE: (
        "A long goodbye",
        "Someone is running out of time, and they know it.",
    ),
    Mood.LEFT_BEHIND: (
        "The ones left behind",
        "They are gone. Everyone else has to get up.",
    ),
    Mood.MISSED: (
        "So close, so far",
        "Two people, the wrong distance, the wrong day.",
    ),
    Mood.FAMILY: (
        "Call home",
        "Parents, children, siblings, and what they carry.",
    ),
    Mood.REGRET: ("If only", "What you did, what you didn't, and facing it."),
    Mood.SACRIFICE: (
        "Anything for you",
        "Someone breaks themselves to save someone else.",
    ),
    Mood.CRUEL_WORLD: (
        "The world is cruel",
        "War, disaster, and the young people caught in it.",
    ),
    Mood.HEALING: (
        "The good kind of cry",
        "Hurt people, slowly letting others in.",
    ),
}

_NEIGHBOURING: Final = (
    (Mood.GOODBYE, Mood.LEFT_BEHIND),
    (Mood.GOODBYE, Mood.MISSED),
    (Mood.GOODBYE, Mood.SACRIFICE),
    (Mood.LEFT_BEHIND, Mood.REGRET),
    (Mood.LEFT_BEHIND, Mood.HEALING),
    (Mood.MISSED, Mood.REGRET),
    (Mood.FAMILY, Mood.HEALING),
    (Mood.FAMILY, Mood.SACRIFICE),
    (Mood.FAMILY, Mood.CRUEL_WORLD),
    (Mood.REGRET, Mood.HEALING),
    (Mood.SACRIFICE, Mood.CRUEL_WORLD),
)

_NEIGHBOURS: Final = {
    mood: frozenset(
        other
        for pair in _NEIGHBOURING
        if mood in pair
        for other in pair
        if other is not mood
    )
    for mood in Mood
}


class Band(StrEnum):
    """How long somebody has, shortest first."""

    TONIGHT = "tonight"
    WEEKEND = "weekend"
    WEEK = "week"
    LONG_HAUL = "long-haul"

    @property
    def ceiling(self) -> int | None:
        """The most minutes that still belong here; None where there is no limit."""
        return _BANDS[self].ceiling

    @property
    def label(self) -> str:
        """The name in running text: "I have ..."."""
        return _BANDS[self].label

    @property
    def place(self) -> int:
        """Position from shortest (0) to longest (3)."""
        return _BANDS[self].place

    @property
    def longer(self) -> "Band | None":
        """The next band up; None for the longest."""
        return _BANDS[self].longer

    @classmethod
    def holding(cls, minutes: int) -> "Band":
        """The shortest band that `minutes` fits in."""
        return _SHORTEST_FIRST[bisect_left(_CEILINGS, minutes)]


class _BandFacts(NamedTuple):
    """What is fixed about a band."""

    place: int
    ceiling: int | None
    label: str
    longer: Band | None


_BANDS: Final = {
    Band.TONIGHT: _BandFacts(0, 150, "tonight", Band.WEEKEND),
    Band.WEEKEND: _BandFacts(1, 360, "a weekend", Band.WEEK),
    Band.WEEK: _BandFacts(2, 630, "a week of evenings", Band.LONG_HAUL),
    Band.LONG_HAUL: _BandFacts(3, None, "the long haul", None),
}

_SHORTEST_FIRST: Final = tuple(Band)

_CEILINGS: Final = [
    facts.ceiling for facts in _BANDS.values() if facts.ceiling is not None
]


class Format(StrEnum):
    """One film, or episodes."""

    MOVIE = "movie"
    SERIES = "series"

    @property
    def label(self) -> str:
        """What people call it."""
        return "film" if self is Format.MOVIE else "series"


class Setting(StrEnum):
    """Where it plays; a title's first one is what a viewer sees."""

    REALISTIC = "realistic"
    FANTASY = "fantasy"
    SCI_FI = "sci-fi"
    HISTORICAL = "historical"

    @property
    def label(self) -> str:
        """The setting as the end of a sentence: "set in ..."."""
        return {
            "realistic": "the real world",
            "fantasy": "a fantasy world",
            "sci-fi": "a science-fiction world",
            "historical": "the past",
        }[self.value]


class Season(StrEnum):
    """The broadcasting quarter in which it began."""

    WINTER = "winter"
    SPRING = "spring"
    SUMMER = "summer"
    FALL = "fall"


class Ending(StrEnum):
    """How it ends. Hidden: only an asked-for aftertaste or `--spoilers` may read it."""

    HOPEFUL = "hopeful"
    BITTERSWEET = "bittersweet"
    DEVASTATING = "devastating"


class Aftertaste(StrEnum):
    """How a viewer wants to be left, in the order of the endings that do so."""

    LIGHTER = "lighter"
    ACHING = "aching"
    FLATTENED = "flattened"


class NoteId(StrEnum):
    """Content notes: harms only, never identities."""

    CHILD_DEATH = "child-death"
    PARENT_DEATH = "parent-death"
    LOVED_ONE_DEATH = "loved-one-death"
    ANIMAL_DEATH = "animal-death"
    SUICIDE = "suicide"
    SELF_HARM = "self-harm"
    DEPRESSION = "depression"
    TERMINAL_ILLNESS = "terminal-illness"
    STARVATION = "starvation"
    BODY_HORROR = "body-horror"
    CHILDBIRTH = "childbirth"
    DISASTER = "disaster"
    GRAPHIC_VIOLENCE = "graphic-violence"
    WAR = "war"
    TORTURE = "torture"
    ABDUCTION = "abduction"
    CHILD_ABUSE = "child-abuse"
    DOMESTIC_ABUSE = "domestic-abuse"
    BULLYING = "bullying"
    SEXUAL_VIOLENCE = "sexual-violence"
    SEXUAL_HARASSMENT = "sexual-harassment"
    SEXUAL_CONTENT = "sexual-content"
    NUDITY = "nudity"
    SUBSTANCE_USE = "substance-use"
    ABLEISM = "ableism"

    @property
    def label(self) -> str:
        """The note in words."""
        words = self.value.replace("-", " ")
        if not words.endswith(" death"):
            return words
        whom = words.removesuffix(" death")
        return f"death of {'an' if whom == 'animal' else 'a'} {whom}"


NOTE_ALIASES: Final[dict[str, tuple[NoteId, ...]]] = {
    "gore": (NoteId.GRAPHIC_VIOLENCE,),
    "violence": (NoteId.GRAPHIC_VIOLENCE,),
    "illness": (NoteId.TERMINAL_ILLNESS,),
    "cancer": (NoteId.TERMINAL_ILLNESS,),
    "rape": (NoteId.SEXUAL_VIOLENCE,),
    "animals": (NoteId.ANIMAL_DEATH,),
    "alcohol": (NoteId.SUBSTANCE_USE,),
    "drugs": (NoteId.SUBSTANCE_USE,),
    "abuse": (NoteId.CHILD_ABUSE, NoteId.DOMESTIC_ABUSE),
    "death": (
        NoteId.CHILD_DEATH,
        NoteId.PARENT_DEATH,
        NoteId.LOVED_ONE_DEATH,
        NoteId.ANIMAL_DEATH,
    ),
}
"""Everyday words for content notes, and the notes each stands for."""

IMPLIED_NOTES: Final = {
    NoteId.LOVED_ONE_DEATH: (NoteId.CHILD_DEATH, NoteId.PARENT_DEATH)
}
"""What else is meant by whoever steers clear of a note: a child and a parent are loved ones."""

INDEPENDENT_READINGS: Final = 2
"""How often the notes of a title have to be read, each time unaware of the others, to be sure."""


class NoteLevel(StrEnum):
    """How much of a content note there is, most first."""

    THEME = "theme"
    SHOWN = "shown"
    MENTIONED = "mentioned"


TISSUE_WORDS: Final = (
    "a lump in the throat",
    "misty-eyed",
    "a proper cry",
    "ugly crying",
    "wrecked for days",
)
"""What one to five tissues mean: the hardest ten minutes, and how long it stays."""

MOST_TISSUES: Final = len(TISSUE_WORDS)


class Shelf(StrEnum):
    """Where a title comes from, in the order in which the catalogues are laid over one another."""

    LIST = "list"
    BEYOND = "beyond"
    OWN = "own"


class MoodTag(Struct, frozen=True, gc=False):
    """One kind of cry in a title: 3 what it is about, 2 a strong thread, 1 a thread.

    `evidence` says where the premise or the first two episodes show it, so a tag is no spoiler.
    """

    id: Mood
    strength: int
    evidence: str | None = None


class ContentNote(Struct, frozen=True, gc=False):
    """A harm in a title.

    `spoiler` marks a note that gives the plot away; `checked` one that somebody made sure of.
    """

    id: NoteId
    level: NoteLevel
    spoiler: bool = False
    checked: bool = False


class Work(NamedTuple):
    """A prerequisite: everything needed to count its time.

    `title_id` is set where it is a title of the catalogue itself.
    """

    title: str
    episodes: int | None
    minutes: int
    mal_id: int | None
    title_id: str | None = None


def work_id(work: Work) -> str:
    """The id a prerequisite has in a library: that of the title, if it is one of the catalogue."""
    if work.title_id:
        return work.title_id
    return (
        f"mal:{work.mal_id}"
        if work.mal_id
        else f"work:{work.title.casefold()}"
    )


class Sequel(Struct, frozen=True, gc=False):
    """What comes after a title."""

    title: str
    format: Format
    year: int


class Title(Struct, frozen=True, kw_only=True, gc=False):
    """One film or series, ready to be suggested.

    None means "not known", and an unknown fact never satisfies an answer. `minutes` is the work
    alone; `prerequisites` are all the works to be seen before it, those of the prerequisites
    included, in watching order. `readings` is how often its notes were read independently, `about`
    what a person may remember of the premise, `translations` its official titles by language tag.
    """

    id: str
    title: str
    format: Format
    minutes: int
    moods: tuple[MoodTag, ...]
    romaji: str | None = None
    japanese: str | None = None
    aliases: tuple[str, ...] = ()
    translations: Mapping[str, str] = {}
    studios: tuple[str, ...] = ()
    episodes: int | None = None
    season: Season | None = None
    year: int | None = None
    blurb: str | None = None
    about: tuple[str, ...] = ()
    tissues: int | None = None
    ending: Ending | None = None
    setting: tuple[Setting, ...] = ()
    age: int | None = None
    notes: tuple[ContentNote, ...] | None = None
    readings: int = 1
    prerequisites: tuple[Work, ...] = ()
    sequels: tuple[Sequel, ...] = ()
    mal_ids: tuple[int, ...] = ()
    anilist_id: int | None = None
    article_position: int | None = None
    source_note: str | None = None
    shelf: Shelf = Shelf.LIST

    @property
    def own_names(self) -> tuple[str, ...]:
        """What the title itself is called, in every language, its id included."""
        native_names = (name for name in (self.romaji, self.japanese) if name)
        return (
            self.title,
            *native_names,
            *self.aliases,
            self.id,
            *self.translations.values(),
        )

    @property
    def page(self) -> str | None:
        """The address of its page at AniList; None if its number there is not known."""
        return (
            f"https://anilist.co/anime/{self.anilist_id}"
            if self.anilist_id
            else None
        )

    @property
    def look(self) -> Setting | None:
        """The setting one sees: the first one; None if none is known."""
        return self.setting[0] if self.setting else None

    @property
    def minutes_total(self) -> int:
        """The honest minutes: the work and everything that has to be seen before it."""
        return self.minutes + sum(work.minutes for work in self.prerequisites)

    @property
    def band(self) -> Band:
        """The shortest band its honest minutes fit in."""
        return Band.holding(self.minutes_total)

    def strength(self, mood: Mood) -> int:
        """How strongly `mood` runs through it: 1 to 3, or 0 for not at all."""
        return next((tag.strength for tag in self.moods if tag.id is mood), 0)

    @property
    def lead_mood(self) -> Mood:
        """The kind of cry it is most about; the first listed among equals."""
        return max(self.moods, key=lambda tag: tag.strength).id

    @property
    def open_notes(self) -> tuple[ContentNote, ...]:
        """The content notes that give nothing away."""
        return tuple(note for note in self.notes or () if not note.spoiler)


def duration(minutes: int) -> str:
    """Minutes for a person: "45 min", "1 h 48", "2 h"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02}" if rest else f"{hours} h"
