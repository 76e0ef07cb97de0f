"""`cryrec add`: a title of one's own."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from cryrec import keeping
from cryrec.catalogue.own import entry_text, free_id, own_path
from cryrec.catalogue.sources import preview
from cryrec.commands import options
from cryrec.conversation import prompts
from cryrec.conversation.adding import (
    ask_format,
    ask_moods,
    ask_number,
    ask_title,
)
from cryrec.conversation.prompts import Asker
from cryrec.errors import BadValue, UsageProblem, quoted
from cryrec.models import Format, Mood, Setting, Title
from cryrec.recommend.parsing import (
    read_avoid,
    read_format,
    read_tissues,
    read_whole,
    split_words,
)
from cryrec.session import Session
from cryrec.terminal import emit, is_interactive, printable, say, variable
from cryrec.views import Detail, Output, view_for

MOST_MINUTES: Final = 100_000
MOST_EPISODES: Final = 10_000
YEARS: Final = (1900, 2100)
AGES: Final = (0, 18)

LENGTH: Final = "--minutes (or --episodes and --episode-minutes)"
"""What says how long a title is, as a message names it."""

Entry = dict[str, Any]
"""What is said of the new title, by the keys of a catalogue file."""


def command(
    words: options.NewTitle = [],
    format: options.NewFormat = None,
    minutes: options.NewMinutes = None,
    episodes: options.NewEpisodes = None,
    episode_minutes: options.EpisodeMinutes = None,
    mood: options.NewMoods = [],
    tissues: options.NewTissues = None,
    year: options.NewYear = None,
    studio: options.NewStudios = [],
    blurb: options.NewBlurb = None,
    setting: options.NewSettings = [],
    age: options.NewAge = None,
    note: options.NewNotes = [],
    yes: options.Yes = False,
    no_input: options.NoInput = False,
    json: options.Json = False,
) -> None:
    """
    \b
    cryrec add                                    asks
    cryrec add "Liz and the Blue Bird" --format movie --minutes 90 --mood missed

    Add a title of your own. It is suggested, found and listed like any other, and it stands in a
    file that you may edit. cryrec undo takes it back.
    """
    entry = _read_entry(locals())
    session = Session()
    asks = is_interactive() and not (no_input or variable("CRYREC_NO_INPUT"))
    if not _complete(entry, session, asks, yes):
        say("nothing was added")
        return
    title = _write(entry, session)
    say(f"added to {printable(str(own_path()))}; cryrec undo takes it back")
    emit(view_for(Output.of(json), Detail(notes=True)).title(title))


def _read_entry(typed: Mapping[str, Any]) -> Entry:
    """What was typed for each option, by its name, as an entry. Raises UsageProblem."""
    episode_minutes = typed["episode_minutes"]
    facts: Entry = {
        "title": _text("the title", " ".join(typed["words"]).strip()),
        "studios": [_text("--studio", studio) for studio in typed["studio"]],
        "format": read_format(typed["format"]),
        "episodes": read_whole(
            "--episodes", typed["episodes"], 1, MOST_EPISODES
        ),
        "minutes": read_whole("--minutes", typed["minutes"], 1, MOST_MINUTES),
        "episode_minutes": read_whole(
            "--episode-minutes", episode_minutes, 1, MOST_MINUTES
        ),
        "year": read_whole("--year", typed["year"], *YEARS),
        "blurb": _text("--blurb", typed["blurb"] or ""),
        "moods": [
            {"id": mood} for mood in _read_words(Mood, "mood", typed["mood"])
        ],
        "tissues": read_tissues(typed["tissues"]),
        "setting": _read_words(Setting, "setting", typed["setting"]),
        "age": read_whole("--age", typed["age"], *AGES),
    }
    entry = {
        key: fact for key, fact in facts.items() if fact not in (None, "", [])
    }
    if typed["note"]:
        entry["notes"] = _read_notes(typed["note"])
    if "minutes" in entry and "episode_minutes" in entry:
        raise UsageProblem(
            "--minutes is the whole, --episode-minutes one episode; give only one"
        )
    return entry


def _text(flag: str, text: str) -> str:
    """Text that can stand on one line of a file. Raises UsageProblem."""
    if not text.isprintable():
        raise UsageProblem(
            f"{flag} takes one line of plain text, got {quoted(text)}"
        )
    return text


def _read_words(
    kind: type[StrEnum], what: str, values: list[str]
) -> list[str]:
    """Words of a fixed list, each once. Raises BadValue."""
    words = list(dict.fromkeys(split_words(values)))
    for word in words:
        if word not in list(kind):
            raise BadValue(what, word, kind)
    return words


def _read_notes(values: list[str]) -> list[dict[str, str]]:
    """What there is to steer clear of; empty where `none` says so. Raises UsageProblem."""
    words = split_words(values)
    if "none" in words and len(set(words)) > 1:
        raise UsageProblem(
            "--note none says there is nothing, so it stands alone"
        )
    return [{"id": note} for note in read_avoid(values)]


def _complete(entry: Entry, session: Session, asks: bool, yes: bool) -> bool:
    """Ask for what is missing; False if the title is not wanted after all.

    Raises UsageProblem with what is missing where nobody can be asked.
    """
    missing = _missing(entry)
    if missing and not asks:
        raise UsageProblem(
            f"a title cannot be added without {', '.join(missing)}"
        )
    if "title" not in entry:
        entry["title"] = _text("the title", ask_title(prompts.asker()))
    if not yes and not _is_wanted(entry["title"], session, asks):
        return False
    if missing:
        _ask_rest(entry)
    return True


def _missing(entry: Entry) -> list[str]:
    """What a title cannot be added without and that was not said, as one would say it."""
    has_length = (
        "minutes" in entry or {"episodes", "episode_minutes"} <= entry.keys()
    )
    needed = {
        "a title": "title" in entry,
        "--format": "format" in entry,
        LENGTH: has_length,
        "--mood": "moods" in entry,
    }
    return [option for option, is_given in needed.items() if not is_given]


def _ask_rest(entry: Entry) -> None:
    asker = prompts.asker()
    if "format" not in entry:
        entry["format"] = ask_format(asker)
    if "minutes" not in entry:
        _ask_length(entry, asker)
    if "moods" not in entry:
        entry["moods"] = [{"id": mood} for mood in ask_moods(asker)]


def _ask_length(entry: Entry, asker: Asker) -> None:
    """Ask for the minutes of a film, or for the episodes of a series and the minutes of one."""
    if entry["format"] is Format.MOVIE:
        entry["minutes"] = ask_number(
            asker, "How many minutes is it?", MOST_MINUTES
        )
        return
    if "episodes" not in entry:
        question = "How many episodes has it?"
        entry["episodes"] = ask_number(asker, question, MOST_EPISODES)
    if "episode_minutes" not in entry:
        question = "How many minutes is one episode?"
        entry["episode_minutes"] = ask_number(asker, question, MOST_MINUTES)


def _is_wanted(name: str, session: Session, asks: bool) -> bool:
    """Whether a title is to be added although one of that name, or nearly, is there.

    Raises UsageProblem where the name is taken and nobody can be asked.
    """
    found_titles = session.catalogue.search(name)
    near_matches = [*found_titles.matches, *found_titles.near]
    if not near_matches:
        return True
    nearest = session.catalogue.title(near_matches[0].key)
    year = f" ({nearest.year})" if nearest.year else ""
    say(f"the nearest title there is: {nearest.title}{year}")
    if asks:
        return prompts.asker().confirm(f"Add {name} all the same?")
    if found_titles.matches:
        raise UsageProblem(
            f"{quoted(name)} may be {nearest.title}; --yes adds it all the same"
        )
    return True


def _write(entry: Entry, session: Session) -> Title:
    """Put it into the person's file; what it is now. Raises UsageProblem or FileProblem."""
    catalogue = session.catalogue
    taken_ids = {title.id for title in catalogue.titles} | catalogue.hidden_ids
    title_id = free_id(entry["title"], entry.get("year"), taken_ids)
    new_entry = entry_text({"id": title_id, **entry})
    title = preview(new_entry, title_id)
    keeping.add_title(new_entry)
    return title
