"""Names are found however they are typed, and other names are refused."""

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cryrec.matching import Found, Name, find, normalise

TITLES = tuple(
    Name(key, text)
    for key, texts in {
        "air": ["AIR", "Air"],
        "angel-beats": ["Angel Beats!", "AB!", "エンジェルビーツ!"],
        "death-parade": ["Death Parade", "デス・パレード"],
        "erased": ["ERASED", "Boku dake ga Inai Machi", "僕だけがいない街"],
        "firefly-forest": ["Into the Forest of Fireflies' Light", "Hotarubi no Mori e"],
        "five-centimeters": ["5 Centimeters per Second", "Byousoku 5 Centimeter", "5cm"],
        "fmab": ["Fullmetal Alchemist: Brotherhood", "FMAB", "Fullmetal Alchemist 2009"],
        "full-moon": ["Searching for the Full Moon", "Full Moon wo Sagashite", "満月をさがして"],
        "grave": ["Grave of the Fireflies", "Hotaru no Haka", "火垂るの墓"],
        "madoka": ["Puella Magi Madoka Magica", "Mahou Shoujo Madoka☆Magica"],
        "march-lion": ["March Comes In Like a Lion", "3-gatsu no Lion", "Sangatsu no Lion"],
        "nana": ["NANA", "ナナ"],
        "now-and-then": ["Now and Then, Here and There", "Ima, Soko ni Iru Boku"],
        "one-week-friends": ["One Week Friends", "Isshuukan Friends."],
        "orange": ["orange", "オレンジ"],
        "pancreas": ["I Want to Eat Your Pancreas", "Kimi no Suizou wo Tabetai"],
        "plastic-memories": ["Plastic Memories", "プラスティック・メモリーズ"],
        "silent-voice": ["A Silent Voice", "Koe no Katachi", "聲の形"],
        "steins-gate": ["Steins;Gate", "SG"],
        "tokyo-magnitude": ["Tokyo Magnitude 8.0", "東京マグニチュード8.0"],
        "violet-evergarden": ["Violet Evergarden"],
        "wolf-children": ["Wolf Children", "Ookami Kodomo no Ame to Yuki"],
        "your-lie-in-april": [
            "Your Lie in April",
            "Shigatsu wa Kimi no Uso",
            "Kimi no Uso",
            "君嘘",
        ],
        "your-name": ["Your Name.", "Kimi no Na wa.", "君の名は。"],
    }.items()
    for text in texts
)
# Nothing here is about time, and the first misspelling pays for an import.
untimed = settings(deadline=None)
STUDIOS = tuple(
    Name(key, text)
    for key, text in [
        *((s, s) for s in ("Kyoto Animation", "A-1 Pictures", "P.A. Works", "CoMix Wave Films")),
        *((s, s) for s in ("Studio Ghibli", "Studio Deen", "Studio Chizu", "Brain's Base")),
        *((s, s) for s in ("Shaft", "Madhouse", "Doga Kobo", "Telecom Animation Film")),
        ("Kyoto Animation", "KyoAni"),
    ]
)


def first(query: str, names: tuple[Name, ...] = TITLES) -> list[str]:
    """The keys that share the first place, as a caller sees a tie."""
    matches = find(query, names).matches
    return [match.key for match in matches if match.score == matches[0].score]


class TestNormalise:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Déjà Vu", "deja vu"),
            ("Mahō Shōjo", "maho shojo"),
            ("ＮＡＮＡ", "nana"),
            ("ﾅﾅ", "ナナ"),
            ("Madoka☆Magica", "madoka magica"),
            ("STEINS;GATE", "steins gate"),
            ("Brain’s Base", "brains base"),
            ("Here & There", "here and there"),
            ("  a\tb\x00c\u200b ", "a b c"),
            ("Straße", "strasse"),
            ("😭", ""),
        ],
    )
    def test_folds(self, text: str, expected: str) -> None:
        """Width, case, accents, symbols and control characters make no difference."""
        assert normalise(text) == expected

    def test_keeps_voiced_kana(self) -> None:
        """The voicing mark of kana is no accent: without it "ga" would be "ka"."""
        decomposed = unicodedata.normalize("NFD", "ガ")

        assert normalise(decomposed) == "ガ"

    @untimed
    @given(st.text())
    def test_is_idempotent(self, text: str) -> None:
        """A normalised name is its own normal form."""
        assert normalise(normalise(text)) == normalise(text)


class TestAsSpelled:
    @untimed
    @given(st.sampled_from(TITLES))
    def test_exact_name_is_first(self, name: Name) -> None:
        """Any name as written leads to its title, with the full score."""
        best = find(name.text, TITLES).matches[0]

        assert (best.key, best.score) == (name.key, 100)

    @untimed
    @given(st.lists(st.text(min_size=1), min_size=1), st.data())
    def test_exact_beats_everything(self, texts: list[str], data: st.DataObject) -> None:
        """Whatever a catalogue's names are, one typed in full is found with the full score."""
        names = [Name(str(place), text) for place, text in enumerate(texts)]
        wanted = data.draw(st.sampled_from(names))

        found = find(wanted.text, names).matches

        if normalise(wanted.text):
            assert found[0].score == 100
            assert wanted.key in [match.key for match in found if match.score == 100]

    def test_one_match_a_title(self) -> None:
        """A title that answers to several names is listed once, by its best."""
        keys = [match.key for match in find("angel beats", TITLES).matches]

        assert keys == ["angel-beats"]

    @pytest.mark.parametrize(
        ("query", "key"),
        [
            ("angel", "angel-beats"),
            ("pancreas", "pancreas"),
            ("fireflies grave", "grave"),
            ("your lie", "your-lie-in-april"),
            ("steins", "steins-gate"),
            ("full metal", "fmab"),
            ("evergarden violet", "violet-evergarden"),
            ("kimi no na", "your-name"),
            ("shigatsu", "your-lie-in-april"),
            ("now then here there", "now-and-then"),
            ("2009", "fmab"),
        ],
    )
    def test_parts(self, query: str, key: str) -> None:
        """A few words of a name, in any order, are enough."""
        assert first(query) == [key]

    @pytest.mark.parametrize(
        ("query", "keys"),
        [
            ("fireflies", ["firefly-forest", "grave"]),
            ("your", ["your-lie-in-april", "your-name"]),
            ("君", ["your-lie-in-april", "your-name"]),
        ],
    )
    def test_shared_words_tie(self, query: str, keys: list[str]) -> None:
        """A word of two names in the same place shows both, and prefers neither."""
        assert first(query) == keys

    def test_shared_word_shows_every_title(self) -> None:
        """A word inside a name is found too, after the names that begin with it."""
        keys = [match.key for match in find("your", TITLES).matches]

        assert keys == ["your-lie-in-april", "your-name", "pancreas"]

    @pytest.mark.parametrize(
        ("query", "key"),
        [
            ("火", "grave"),
            ("満", "full-moon"),
            ("嘘", "your-lie-in-april"),
            ("メモリーズ", "plastic-memories"),
            ("プラスティックメモリーズ", "plastic-memories"),
            ("聲の形", "silent-voice"),
        ],
    )
    def test_japanese_parts(self, query: str, key: str) -> None:
        """Japanese has no spaces: a prefix of any length counts, and a kanji inside a name."""
        assert first(query) == [key]

    @pytest.mark.parametrize(
        "query", ["the", "a", "no", "of the", "wo", "to", "in", "の", "movie", "tv"]
    )
    def test_words_without_meaning_find_nothing(self, query: str) -> None:
        """Words that are in every second name, or in none, are no name."""
        assert find(query, TITLES) == Found((), ())

    @pytest.mark.parametrize(
        "query",
        ["watch your name online", "your name anime", "Your Name (2016)", "your name movie subbed"],
    )
    def test_extra_words(self, query: str) -> None:
        """What people add to a name when they search does not hide it."""
        assert first(query) == ["your-name"]

    @pytest.mark.parametrize(
        "query",
        ["angel beats season 2", "angel beats 2nd season", "angel beats s1", "the angel beats"],
    )
    def test_seasons(self, query: str) -> None:
        """A season's number is no part of a name."""
        assert first(query) == ["angel-beats"]

    def test_two_names_of_one_title(self) -> None:
        """Lists write both names side by side."""
        assert first("Kimi no Na wa. (Your Name)") == ["your-name"]

    def test_well_spelled_names_are_found_without_the_edit_distance_library(self) -> None:
        """A name as written must not pay for importing what only misspellings need."""
        program = (
            "import sys; from cryrec.matching import Name, find\n"
            "names = [Name('a', 'Angel Beats!')]\n"
            "for query in ('angel beats', 'angelbeats', 'angel', 'ang', 'the', ''):\n"
            "    find(query, names)\n"
            "sys.exit('rapidfuzz' in sys.modules)"
        )

        assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


class TestMisspelt:
    @pytest.mark.parametrize(
        ("query", "key"),
        [
            ("shigatsu wa kimi no uzo", "your-lie-in-april"),
            ("hotaru no hakka", "grave"),
            ("kimi no na ha", "your-name"),
            ("kimi no suizo o tabetai", "pancreas"),
            ("kimi no suizō wo tabetai", "pancreas"),
            ("Ōkami Kodomo no Ame to Yuki", "wolf-children"),
            ("isshukan friends", "one-week-friends"),
            ("full moon o sagashite", "full-moon"),
            ("koe wo katachi", "silent-voice"),
            ("mahou syoujo madoka", "madoka"),
            ("1 week friends", "one-week-friends"),
        ],
    )
    def test_by_ear(self, query: str, key: str) -> None:
        """Romaji is spelled in several ways, and particles are easily confused."""
        assert first(query) == [key]

    @pytest.mark.parametrize(
        ("query", "key"),
        [
            ("yourlieinapril", "your-lie-in-april"),
            ("angelbeats", "angel-beats"),
            ("violet ever garden", "violet-evergarden"),
            ("lieinapril", "your-lie-in-april"),
            ("fireflys light", "firefly-forest"),
            ("now & then here & there", "now-and-then"),
            ("5 cm", "five-centimeters"),
        ],
    )
    def test_spaces_and_apostrophes(self, query: str, key: str) -> None:
        """Spaces, apostrophes and "&" may be anywhere or missing."""
        assert first(query) == [key]

    @pytest.mark.parametrize(
        ("query", "key"),
        [
            ("ornage", "orange"),
            ("voilet evergadren", "violet-evergarden"),
            ("stiens gate", "steins-gate"),
            ("angle beats", "angel-beats"),
            ("grvae of teh firefiles", "grave"),
            ("i wanna eat your pancreas", "pancreas"),
            ("tokyo magnitud", "tokyo-magnitude"),
            ("silnet voice", "silent-voice"),
            ("evergardn", "violet-evergarden"),
            ("君の名わ", "your-name"),
        ],
    )
    def test_slips(self, query: str, key: str) -> None:
        """One slip in a short name, more in a long one, and in parts of a name."""
        assert first(query) == [key]

    def test_the_whole_name_and_more(self) -> None:
        """A long name in full is found though something unknown stands beside it."""
        assert first("steins gate 0") == ["steins-gate"]

    def test_a_misspelling_ties_like_the_word(self) -> None:
        """A misspelt word of two names prefers neither."""
        assert first("fireflise") == ["firefly-forest", "grave"]


class TestRefused:
    @pytest.mark.parametrize(
        "query",
        [
            *("naruto", "one piece", "one punch man", "death note", "angel heart", "tokyo ghoul"),
            *("air gear", "air master", "wolf's rain", "orange road", "nana toshi monogatari"),
            *("silent möbius", "full metal panic", "plastic nee-san", "kimi ni todoke", "eraser"),
            *("kimi no iro", "magical girl lyrical nanoha", "進撃の巨人", "プラスティック姉さん"),
        ],
    )
    def test_other_anime(self, query: str) -> None:
        """A word in common, or a few letters, do not make another anime one of ours."""
        assert find(query, TITLES).matches == ()

    @pytest.mark.parametrize(
        "query", ["asdfgh", "xqzv kjw", "[bold]", "😭", "مرحبا", "", "  ", "\x00"]
    )
    def test_nonsense(self, query: str) -> None:
        """What is no name finds nothing and is near nothing."""
        assert find(query, TITLES) == Found((), ())

    @pytest.mark.parametrize("query", ["aur", "ari", "nan", "nna"])
    def test_three_letters_are_never_misspelt(self, query: str) -> None:
        """A slip in three letters leaves too little to guess from."""
        assert find(query, TITLES) == Found((), ())

    def test_near_is_offered(self) -> None:
        """A name just beyond the allowance is asked about instead of guessed."""
        found = find("eraser", TITLES)

        assert [match.key for match in found.near] == ["erased"]

    def test_near_is_short(self) -> None:
        """At most three are asked about, each once, none of them when something matched."""
        names = [Name(str(n % 5), f"abcdefghijklmn{c}") for n, c in enumerate("qrstuvwxyz")]
        near = find("abcdxxxxijklmn-", names).near

        assert len({match.key for match in near}) == len(near) == 3
        assert find("abcdefghijklmnq", names).near == ()

    @pytest.mark.parametrize("query", ["x" * 10_000, "one piece " * 1_000, "\u0301漢" * 5_000])
    def test_a_pasted_page_is_refused(self, query: str) -> None:
        """Ten thousand characters are no name, and are answered all the same."""
        assert find(query, TITLES).matches == ()


class TestStudios:
    @pytest.mark.parametrize(
        ("query", "studio"),
        [
            ("kyoani", "Kyoto Animation"),
            ("kyoto", "Kyoto Animation"),
            ("kyoto animaton", "Kyoto Animation"),
            ("a1", "A-1 Pictures"),
            ("shaft", "Shaft"),
            ("p a works", "P.A. Works"),
            ("pa works", "P.A. Works"),
            ("ghibli", "Studio Ghibli"),
            ("brains base", "Brain's Base"),
            ("brain base", "Brain's Base"),
            ("comix wave", "CoMix Wave Films"),
        ],
    )
    def test_found(self, query: str, studio: str) -> None:
        """A studio is named as loosely as a title."""
        assert first(query, STUDIOS) == [studio]

    def test_studio_alone_is_a_tie(self) -> None:
        """The word "studio" fits several, and none of them better."""
        assert first("studio", STUDIOS) == ["Studio Ghibli", "Studio Deen", "Studio Chizu"]


class TestAnyText:
    @untimed
    @given(st.text())
    def test_never_raises_and_is_bounded(self, query: str) -> None:
        """Any text is answered: scores up to 100, best first, a key once, near only if empty."""
        found = find(query, TITLES)

        for matches in found:
            scores = [match.score for match in matches]
            assert scores == sorted(scores, reverse=True)
            assert all(0 < score <= 100 for score in scores)
            assert len({match.key for match in matches}) == len(matches)
        assert not (found.matches and found.near)
        assert len(found.near) <= 3

    @untimed
    @given(st.text(alphabet="aeiou nrstkmo'&-8嘘の", max_size=30))
    def test_is_deterministic(self, query: str) -> None:
        """The same question has the same answer, and case is no part of it."""
        assert find(query, TITLES) == find(query, TITLES) == find(query.upper(), TITLES)

    def test_no_names(self) -> None:
        """An empty catalogue finds nothing."""
        assert find("angel beats", ()) == Found((), ())
