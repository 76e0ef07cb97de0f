"""The JSON view: one document for each reply, its keys only ever added to.

Lists are never null; a value that does not apply is.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import structs

from cryrec.catalogue import OpenFile
from cryrec.library.entries import Change, Entry, Undone
from cryrec.matching import Found, Match
from cryrec.models import ContentNote, Mood, NoteId, Title, Work
from cryrec.recommend.answers import Answers
from cryrec.recommend.loosening import Alternative, Relaxed
from cryrec.recommend.person import NOBODY, Person
from cryrec.recommend.suggesting import Recommendation, Suggestion, WhyNot
from cryrec.recommend.taste import Taste
from cryrec.views import USUAL, Detail
from cryrec.views.words import WORDS, contrast_of

if TYPE_CHECKING:  # what reads words and descriptions takes 100 ms to import
    from cryrec.premises import Elsewhere
    from cryrec.wording.reading import Reading as Heard

SCHEMA_VERSION: Final = 1


class Document:
    """Replies for scripts."""

    def __init__(
        self, detail: Detail = USUAL, heard: Heard | None = None
    ) -> None:
        self.detail = detail
        self.heard = heard

    def suggestions(
        self,
        recommendation: Recommendation,
        chosen: int | None = None,
        below: int | None = None,
    ) -> str:
        """`{answers, understood, not_understood, relaxed, alternatives, suggestions}`."""
        understood = self.heard.understood if self.heard else ()
        return _document(
            answers=_answers(recommendation.answers),
            understood=[words._asdict() for words in understood],
            not_understood=self.heard.not_understood if self.heard else (),
            relaxed=list(map(_relaxed, recommendation.relaxed)),
            alternatives=list(map(_alternative, recommendation.alternatives)),
            suggestions=[
                self._suggestion(card, recommendation)
                for card in recommendation.suggestions
            ],
        )

    def why_not(self, verdict: WhyNot) -> str:
        """`{id, suggested, failed}`."""
        return _document(
            id=verdict.title.id,
            suggested=verdict.suggested,
            failed=verdict.failed,
        )

    def matches(
        self,
        query: str,
        found: Found,
        titles: Mapping[str, Title],
        elsewhere: Elsewhere | None = None,
    ) -> str:
        """`{query, matches, did_you_mean, about, studios}`."""
        described = elsewhere.about if elsewhere else ()
        studios = elsewhere.studios if elsewhere else {}
        return _document(
            query=query,
            matches=[
                self._match(match, titles[match.key])
                for match in found.matches
            ],
            did_you_mean=[
                {
                    "id": match.key,
                    "title": titles[match.key].title,
                    "score": match.score,
                }
                for match in found.near
            ],
            about=[
                {
                    **self._title(titles[title.title_id]),
                    "matched_words": title.words,
                }
                for title in described
            ],
            studios=[
                {"name": studio, "count": count}
                for studio, count in studios.items()
            ],
        )

    def titles(self, titles: Sequence[Title], person: Person = NOBODY) -> str:
        """`{titles}`."""
        return _document(titles=list(map(self._title, titles)))

    def title(self, title: Title, among: Recommendation | None = None) -> str:
        """`{anime}`."""
        return _document(anime=self._title(title))

    def page(self, title: Title) -> str:
        """`{id, address}`."""
        return _document(id=title.id, address=title.page)

    def studios(self, studios: Mapping[str, Sequence[Title]]) -> str:
        """`{studios}`."""
        return _document(
            studios=[
                {
                    "name": studio,
                    "count": len(titles),
                    "titles": [
                        {"id": title.id, "title": title.title}
                        for title in titles
                    ],
                }
                for studio, titles in studios.items()
            ]
        )

    def changes(self, changes: Sequence[Change]) -> str:
        """`{changed}`: what an entry was, and what it is now."""
        return _document(changed=changes)

    def undone(self, undone: Undone) -> str:
        """`{changed, avoid, taken_out}`: the last two null where they are as they were."""
        addition = undone.taken_out
        taken_out = addition and {
            "path": _utf8(Path(addition.path)),
            "text": addition.text,
        }
        return _document(
            changed=undone.changes, avoid=undone.avoided, taken_out=taken_out
        )

    def entries(
        self, entries: Sequence[Entry], titles: Mapping[str, Title]
    ) -> str:
        """`{entries}`."""
        return _document(entries=entries)

    def taste(self, taste: Taste | None, ratings: int) -> str:
        """`{ratings, weights}`: the profile by feature, empty below three ratings."""
        return _document(
            ratings=ratings, weights=taste.weights if taste else {}
        )

    def config(
        self, avoid: Sequence[NoteId], settings: Path, library: Path
    ) -> str:
        """`{avoid, settings, library}`."""
        return _document(
            avoid=avoid, settings=_utf8(settings), library=_utf8(library)
        )

    def moods(self, counts: Mapping[Mood, int]) -> str:
        """`{moods}`."""
        return _document(
            moods=[
                {
                    "id": mood,
                    "label": mood.label,
                    "line": mood.line,
                    "count": count,
                }
                for mood, count in counts.items()
            ]
        )

    def files(self, files: Sequence[OpenFile]) -> str:
        """`{files}`: the first problem of each, null if there is none."""
        return _document(files=[_file(file) for file in files])

    def problems(self, files: Sequence[OpenFile]) -> str:
        """`{problems}`: `line` is null where no line is to blame."""
        return _document(
            problems=[
                {"file": _utf8(file.path), **structs.asdict(problem)}
                for file in files
                for problem in file.problems
            ]
        )

    def _title(self, title: Title) -> dict[str, Any]:
        facts = {
            "id": title.id,
            "title": title.title,
            "romaji": title.romaji,
            "japanese": title.japanese,
            "aliases": title.aliases,
            "studios": title.studios,
            "format": title.format,
            "episodes": title.episodes,
            "minutes": title.minutes,
            "minutes_total": title.minutes_total,
            "season": title.season,
            "year": title.year,
            "moods": [
                {"id": tag.id, "strength": tag.strength} for tag in title.moods
            ],
            "tissues": title.tissues,
            "setting": title.setting,
            "age": title.age,
            "blurb": title.blurb,
            "watch_first": [
                _prerequisite(work) for work in title.prerequisites
            ],
            "sequels": title.sequels,
            "mal_ids": title.mal_ids,
            "anilist_id": title.anilist_id,
            "article_position": title.article_position,
            "source_note": title.source_note,
            "notes_count": len(title.open_notes),
            "shelf": title.shelf,
            "readings": title.readings,
            "translations": title.translations,
            "about": title.about,
        }
        if self.detail.spoilers:
            facts["ending"] = title.ending
            facts["notes"] = [
                {**_note(note), "reveals_plot": note.spoiler}
                for note in title.notes or ()
            ]
        elif self.detail.notes:
            facts["notes"] = list(map(_note, title.open_notes))
        return facts

    def _match(self, match: Match, title: Title) -> dict[str, Any]:
        return {
            **self._title(title),
            "score": match.score,
            "matched_name": match.name,
        }

    def _suggestion(
        self, card: Suggestion, among: Recommendation
    ) -> dict[str, Any]:
        title = card.title
        answers = among.answers
        return {
            **self._title(title),
            "role": card.role,
            "score": card.score,
            "ledger": card.ledger,
            "similarity": card.similarity,
            "fits": [
                {"answer": answer, "text": WORDS[answer].fits(title, answers)}
                for answer in card.fits
            ],
            "why": [
                {
                    "answer": why.answer,
                    "text": WORDS[why.answer].fits(title, answers),
                    "rank_without": {"rank": why.rank, "of": why.of},
                }
                for why in card.why
            ],
            "contrast": contrast_of(card),
        }


def _answers(answers: Answers) -> dict[str, Any]:
    return {
        "mood": answers.mood,
        "time": answers.time.word if answers.time else None,
        "minutes_limit": answers.time.limit if answers.time else None,
        "format": answers.format,
        "tissues": answers.tissues,
        "avoid": answers.avoid,
        "aftertaste": answers.aftertaste,
        "setting": answers.setting,
        "max_age": answers.max_age,
        "shelf": answers.shelf,
        "words": answers.words,
        "like": answers.like,
        "directions": answers.directions,
        "still": answers.still,
        "count": answers.count,
        "seed": answers.seed,
    }


def _relaxed(change: Relaxed) -> dict[str, str]:
    return {"answer": change.answer, "from": change.before, "to": change.after}


def _alternative(alternative: Alternative) -> dict[str, Any]:
    return {
        "keep": alternative.keep,
        "change": list(map(_relaxed, alternative.change)),
        "count": alternative.count,
    }


def _prerequisite(work: Work) -> dict[str, Any]:
    return {
        "title": work.title,
        "episodes": work.episodes,
        "minutes": work.minutes,
        "mal_id": work.mal_id,
    }


def _note(note: ContentNote) -> dict[str, Any]:
    return {"id": note.id, "level": note.level, "confirmed": note.checked}


def _file(file: OpenFile) -> dict[str, Any]:
    return {
        "shelf": file.shelf,
        "path": _utf8(file.path),
        "titles": file.titles,
        "problem": file.problems[0].sentence if file.problems else None,
    }


def _utf8(path: Path) -> str:
    """A path in characters that JSON has; file names may hold any bytes."""
    return os.fsencode(path).decode("utf-8", "replace")


def _document(**content: Any) -> str:
    encoded = msgspec.json.encode(
        {"schema_version": SCHEMA_VERSION, **content}
    )
    return msgspec.json.format(encoded, indent=2).decode() + "\n"
