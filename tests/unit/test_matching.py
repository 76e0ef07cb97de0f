"""Names are found however they are typed, and other names are refused."""

import subprocess
import sys
import unicodedata

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cryrec.matching import (
    LONGEST,
    Compiled,
    Facts,
    Found,
    Name,
    NameIndex,
    find,
    find_in,
    finding,
    guessing,
    normalise,
)

TITLES = tuple(
    Name(key, text)
    for key, texts in {
        "air": ["AIR", "Air"],
        "angel-beats": ["Angel Beats!", "AB!", "エンジェルビーツ!"],
        "death-parade": ["Death Parade", "デス・パレード"],
        "erased": ["ERASED", "Boku dake ga Inai Machi", "僕だけがいない街"],
        "firefly-forest": [
            "Into the Forest of Fireflies' Light",
            "Hotarubi no Mori e",
        ],
        "five-centimeters": [
            "5 Centimeters per Second",
            "Byousoku 5 Centimeter",
            "5cm",
        ],
        "fmab": [
            "Fullmetal Alchemist: Brotherhood",
            "FMAB",
            "Fullmetal Alchemist 2009",
        ],
        "full-moon": [
            "Searching for the Full Moon",
            "Full Moon wo Sagashite",
            "満月をさがして",
        ],
        "grave": ["Grave of the Fireflies", "Hotaru no Haka", "火垂るの墓"],
        "madoka": ["Puella Magi Madoka Magica", "Mahou Shoujo Madoka☆Magica"],
        "march-lion": [
            "March Comes In Like a Lion",
            "3-gatsu no Lion",
            "Sangatsu no Lion",
        ],
        "nana": ["NANA", "ナナ"],
        "now-and-then": [
            "Now and Then, Here and There",
            "Ima, Soko ni Iru Boku",
        ],
        "one-week-friends": ["One Week Friends", "Isshuukan Friends."],
        "orange": ["orange", "オレンジ"],
        "pancreas": [
            "I Want to Eat Your Pancreas",
            "Kimi no Suizou wo Tabetai",
        ],
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
        *(
            (s, s)
            for s in (
                "Kyoto Animation",
                "A-1 Pictures",
                "P.A. Works",
                "CoMix Wave Films",
            )
        ),
        *(
            (s, s)
            for s in (
                "Studio Ghibli",
                "Studio Deen",
                "Studio Chizu",
                "Brain's Base",
            )
        ),
        *(
            (s, s)
            for s in (
                "Shaft",
                "Madhouse",
                "Doga Kobo",
                "Telecom Animation Film",
            )
        ),
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
            ("Księżniczka Łódź", "ksiezniczka lodz"),
            ("cœur", "coeur"),
            ("đời", "doi"),
            ("Ещё вчера", "еще вчера"),
            ("Твоё имя", "твое имя"),
            ("منّي إليك", "مني اليك"),
            ("الأميرة", "الاميره"),
            ("همـــس", "همس"),
            ("اسم تو کیست ی", "اسم تو كيست ي"),
            ("שָׁלוֹם", "שלום"),
        ],
    )
    def test_folds(self, text: str, expected: str) -> None:
        """Width, case, accents, symbols and control characters make no difference."""
        assert normalise(text) == expected

    @pytest.mark.parametrize(
        "text", ["ガ", "나의 이름은", "мой", "นานะ", "蜡笔小新", "हिन्दी"]
    )
    def test_keeps_what_makes_another_letter(self, text: str) -> None:
        """A mark that makes another letter is no accent: without it "ga" is "ka"."""
        for form in ("NFC", "NFD", "NFKC", "NFKD"):
            assert normalise(unicodedata.normalize(form, text)) == text

    def test_looks_at_the_beginning_of_an_endless_text(self) -> None:
        """A pasted heap of combining marks costs no more than a name: it is cut first."""
        marks = "\u0301\u0316" * 64_000

        assert normalise("your name" + marks) == "your name"
        assert normalise("x" * 100_000) == "x" * LONGEST

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
    def test_exact_beats_everything(
        self, texts: list[str], data: st.DataObject
    ) -> None:
        """Whatever a catalogue's names are, one typed in full is found with the full score."""
        names = [Name(str(place), text) for place, text in enumerate(texts)]
        wanted = data.draw(st.sampled_from(names))

        found = find(wanted.text, names).matches

        if normalise(wanted.text):
            assert found[0].score == 100
            assert wanted.key in [
                match.key for match in found if match.score == 100
            ]

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
        "query",
        ["the", "a", "no", "of the", "wo", "to", "in", "の", "movie", "tv"],
    )
    def test_words_without_meaning_find_nothing(self, query: str) -> None:
        """Words that are in every second name, or in none, are no name."""
        assert find(query, TITLES) == Found((), ())

    @pytest.mark.parametrize(
        "query",
        [
            "watch your name online",
            "your name anime",
            "Your Name (2016)",
            "your name movie subbed",
        ],
    )
    def test_extra_words(self, query: str) -> None:
        """What people add to a name when they search does not hide it."""
        assert first(query) == ["your-name"]

    @pytest.mark.parametrize(
        "query",
        [
            "angel beats season 2",
            "angel beats 2nd season",
            "angel beats s1",
            "the angel beats",
        ],
    )
    def test_seasons(self, query: str) -> None:
        """A season's number is no part of a name."""
        assert first(query) == ["angel-beats"]

    def test_two_names_of_one_title(self) -> None:
        """Lists write both names side by side."""
        assert first("Kimi no Na wa. (Your Name)") == ["your-name"]

    def test_well_spelled_names_are_found_without_the_edit_distance_library(
        self,
    ) -> None:
        """A name as written must not pay for importing what only misspellings need."""
        program = (
            "import sys; from cryrec.matching import Name, find\n"
            "names = [Name('a', 'Angel Beats!')]\n"
            "for query in ('angel beats', 'angelbeats', 'angel', 'ang', 'the', ''):\n"
            "    find(query, names)\n"
            "sys.exit('rapidfuzz' in sys.modules)"
        )

        assert (
            subprocess.run(
                [sys.executable, "-c", program], check=False
            ).returncode
            == 0
        )


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
            ("your naim", "your-name"),
            ("wolves children", "wolf-children"),
            ("grave of the firefly", "grave"),
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
            *(
                "naruto",
                "one piece",
                "one punch man",
                "death note",
                "angel heart",
                "tokyo ghoul",
            ),
            *(
                "air gear",
                "air master",
                "wolf's rain",
                "orange road",
                "nana toshi monogatari",
            ),
            *(
                "silent möbius",
                "full metal panic",
                "plastic nee-san",
                "kimi ni todoke",
                "eraser",
            ),
            *(
                "kimi no iro",
                "magical girl lyrical nanoha",
                "進撃の巨人",
                "プラスティック姉さん",
            ),
        ],
    )
    def test_other_anime(self, query: str) -> None:
        """A word in common, or a few letters, do not make another anime one of ours."""
        assert find(query, TITLES).matches == ()

    @pytest.mark.parametrize(
        "query",
        ["asdfgh", "xqzv kjw", "[bold]", "😭", "مرحبا", "", "  ", "\x00"],
    )
    def test_nonsense(self, query: str) -> None:
        """What is no name finds nothing and is near nothing."""
        assert find(query, TITLES) == Found((), ())

    @pytest.mark.parametrize(
        "query",
        [
            *(
                "zzzzzz",
                "zzzz",
                "ssss",
                "SSSS",
                "jjjj",
                "bbbbbbb",
                "gggg",
                "s s s s",
                "ああああ",
            ),
            *(
                "g",
                "s",
                "0",
                "2",
                "8",
                "00",
                "あ",
                "me",
                "up",
                "we",
                "aaii",
                "jojo",
                "soso",
            ),
        ],
    )
    def test_what_says_too_little(self, query: str) -> None:
        """One letter, one digit, two letters or a short sound are no name but their own."""
        assert find(query, TITLES).matches == ()

    @pytest.mark.parametrize(
        "query", ["sg", "S;G", "ab", "5cm", "ナナ", "naaana"]
    )
    def test_a_short_name_in_full_is_found(self, query: str) -> None:
        """However short a name is, it is one; and a letter held down is a slip."""
        assert len(first(query)) == 1

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
        names = [
            Name(str(n % 5), f"abcdefghijklmn{c}")
            for n, c in enumerate("qrstuvwxyz")
        ]
        near = find("abcdxxxxijklmn-", names).near

        assert len({match.key for match in near}) == len(near) == 3
        assert find("abcdefghijklmnq", names).near == ()

    @pytest.mark.parametrize(
        "query", ["x" * 10_000, "one piece " * 1_000, "\u0301漢" * 5_000]
    )
    def test_a_pasted_page_is_refused(self, query: str) -> None:
        """Ten thousand characters are no name, and are answered all the same."""
        assert find(query, TITLES).matches == ()


KNOWN = (
    Name("fmab", "Fullmetal Alchemist: Brotherhood", Facts(2009, "series")),
    Name("fmab", "FMA", Facts(2009, "series")),
    Name("clannad", "Clannad", Facts(format="series"), is_related=True),
    Name("clannad", "Clannad: After Story", Facts(2008, "series")),
    Name("clannad", "Clannad 2", Facts(2008, "series")),
    Name("wolf-children", "Wolf Children", Facts(2012, "movie")),
    Name("your-name", "Your Name.", Facts(2016, "movie")),
    Name("silent-voice", "A Silent Voice", Facts(2016, "movie")),
    Name(
        "march-lion",
        "March Comes In Like a Lion",
        Facts(2016, "series", parts=2),
    ),
    Name("orange", "orange", Facts(2016, "series")),
    Name("orange", "orange: Future", Facts(2016, "movie"), is_related=True),
    Name("steins-gate", "Steins;Gate", Facts(2011, "series")),
    Name("five-centimeters", "5 Centimeters per Second", Facts(2007, "movie")),
    Name("tokyo", "Tokyo Magnitude 8.0", Facts(2009, "series")),
    Name("violet", "Violet Evergarden", Facts(2018, "series")),
    Name("air", "AIR", Facts(2005, "series")),
    Name("mine", "My Own Title"),
    Name("kanji", "火垂るの墓", Facts(1988, "movie")),
)


class TestDoubt:
    """What a year, a number or a kind beside a name says of it."""

    @pytest.mark.parametrize(
        ("query", "key"),
        [
            ("Fullmetal Alchemist (2003)", "fmab"),
            ("fma 2003", "fmab"),
            ("Clannad movie", "clannad"),
            ("wolf children season 2", "wolf-children"),
            ("wolf children series", "wolf-children"),
            ("your name 2017", "your-name"),
            ("your naem 2017", "your-name"),
            ("steins gate 0", "steins-gate"),
            ("steins;gate ii", "steins-gate"),
            ("march comes in like a lion season 3", "march-lion"),
            ("march comes in like a lion 3", "march-lion"),
            ("tokyo magnitude 9.0", "tokyo"),
            ("a silent voice manga", "silent-voice"),
            ("火", "kanji"),
        ],
    )
    def test_what_contradicts_is_shown_and_not_named(
        self, query: str, key: str
    ) -> None:
        """Another year, number or kind leads to the title, but nothing may act upon it."""
        found = find(query, KNOWN)

        assert found.named == ()
        assert [match.key for match in found.offered] == [key]

    @pytest.mark.parametrize(
        ("query", "key"),
        [
            ("your name 2016", "your-name"),
            ("Your Name (2016) movie", "your-name"),
            ("Clannad: After Story series", "clannad"),
            ("clannad season 2", "clannad"),
            ("clannad second season", "clannad"),
            ("a silent voice film", "silent-voice"),
            ("march comes in like a lion 2", "march-lion"),
            ("march comes in like a lion final season", "march-lion"),
            ("fma season 1", "fmab"),
            ("fma episode 23", "fmab"),
            ("orange movie", "orange"),
            ("five centimeters per second", "five-centimeters"),
            ("tokyo magnitude 8", "tokyo"),
            ("my own title 2003 movie", "mine"),
        ],
    )
    def test_what_agrees_or_is_not_known_is_named(
        self, query: str, key: str
    ) -> None:
        """The right year, number or kind changes nothing, and an unknown fact contradicts none."""
        assert [match.key for match in find(query, KNOWN).named] == [key]

    def test_the_one_that_agrees_comes_first(self) -> None:
        """Of two works of one name, the year says which is meant."""
        old = Name("old", "Fullmetal Alchemist", Facts(2003, "series"))

        assert (
            find("fullmetal alchemist 2003", (*KNOWN, old)).named[0].key
            == "old"
        )
        assert (
            find("fullmetal alchemist 2009", (*KNOWN, old)).named[0].key
            == "fmab"
        )

    @pytest.mark.parametrize(
        "query",
        [
            "clannad",
            "clanad",
            "clannad tv",
            "watch clannad online",
            "clann ad",
        ],
    )
    def test_a_name_of_ones_own_is_meant(self, query: str) -> None:
        """What comes before another title leads to it, unless it is a title itself."""
        before = Name(
            "story", "Clannad", Facts(format="series"), is_related=True
        )
        own = Name("clannad", "Clannad", Facts(2007, "series"))

        assert [match.key for match in find(query, [before]).named] == [
            "story"
        ]
        assert [match.key for match in find(query, [before, own]).named] == [
            "clannad"
        ]

    @pytest.mark.parametrize(
        ("query", "keys"),
        [
            ("a silent violet-evergarden", {"violet", "silent-voice"}),
            ("violet evergarden air", {"violet", "air"}),
            ("your name wolf children", {"your-name", "wolf-children"}),
        ],
    )
    def test_two_names_are_two_titles(
        self, query: str, keys: set[str]
    ) -> None:
        """Words that are the name of one title and name another prefer neither."""
        assert {match.key for match in find(query, KNOWN).named} == keys

    def test_near_two_is_near_none(self) -> None:
        """One edit in four letters is a guess, and of two titles as near none is guessed."""
        one, two = Name("one", "Hina"), Name("two", "Hira")

        assert [match.key for match in find("hida", [one]).named] == ["one"]
        assert find("hida", [one, two]).named == ()


ELSEWHERE = (
    Name("violet", "바이올렛 에버가든"),
    Name("nana", "나나"),
    Name("pancreas", "너의 췌장을 먹고 싶어"),
    Name("clannad", "클라나드 애프터 스토리"),
    Name("yesterday", "Ещё вчера"),
    Name("star", "Голос далёкой звезды"),
    Name("weather", "Дитя погоды"),
    Name("april", "كذبتك في أبريل"),
    Name("whisper", "همس القلب"),
    Name("kimi", "منّي إليك: كيمي ني تودوكي"),
    Name("totoro", "龙猫"),
    Name("flower", "我们仍未知道那天所看见的花的名字."),
    Name("flower", "我們仍未知道那天所看見的花名。"),
    Name("suzu", "在这世界的角落"),
    Name("marnie", "ฝันของฉันต้องมีเธอ"),
    Name("princess", "Księżniczka Kaguya"),
    Name("momo", "Đứa con của thời tiết"),
    Name("heart", "לחישת הלב"),
)


class TestAnotherWork:
    """A name that shares words with one of ours is not taken for it; what is ours still is."""

    @pytest.mark.parametrize(
        ("other", "ours", "meant"),
        [
            # No word is left as it was, and one is too short for a slip.
            ("oshi no ko", Name("a", "Hoshi no Koe"), "hoshi no koa"),
            # A short misspelt word, and not the first, says too little.
            ("slayers", Name("a", "Frieren the Slayer"), "frierne"),
            # What ends in "of" is broken off.
            ("memories off", Name("a", "Memories of Marnie"), "memories of"),
            # A number is not left off, but a fraction may be.
            ("white album", Name("a", "White Album 2"), "white album 2"),
            (
                "gundam",
                Name("a", "Gundam 0080: War in the Pocket"),
                "gundam 0080",
            ),
            ("tokyo", Name("a", "Tokyo 3 Princess"), "tokyo 3"),
            # One short word from inside the name of a work before or after.
            (
                "mirai",
                Name("a", "orange: Future (orange: Mirai)", is_related=True),
                "orange future",
            ),
        ],
    )
    def test_what_is_another_work_is_refused(
        self, other: str, ours: Name, meant: str
    ) -> None:
        """Refused or only offered, where what is nearer to the name is found."""
        assert find(other, [ours]).matches == ()
        assert [match.key for match in find(meant, [ours]).matches] == ["a"]

    def test_a_fraction_may_be_left_off(self) -> None:
        """Two numbers behind what was typed are none that tells one season from another."""
        name = Name("a", "Tokyo Magnitude 8.0")
        assert [
            match.key for match in find("tokyo magnitude", [name]).matches
        ] == ["a"]

    def test_what_is_numbered_is_offered(self) -> None:
        """The second one is asked about where the first is not among the names."""
        near = find("white album", [Name("a", "White Album 2")]).near
        assert [match.key for match in near] == ["a"]


class TestEveryScript:
    @pytest.mark.parametrize("name", ELSEWHERE, ids=lambda name: name.text)
    def test_as_typed(self, name: Name) -> None:
        """A name in any script is found in full, composed or not, and in capitals."""
        for text in (
            name.text,
            unicodedata.normalize("NFD", name.text),
            name.text.upper(),
        ):
            (best, *_) = find(text, ELSEWHERE).matches
            assert (best.key, best.score) == (name.key, 100)

    @pytest.mark.parametrize(
        ("query", "key"),
        [
            ("바이올렛", "violet"),
            ("바이", "violet"),
            ("에버가든", "violet"),
            ("췌장", "pancreas"),
            ("바이올렛에버가든", "violet"),
            ("еще вчера", "yesterday"),
            ("голос далекой", "star"),
            ("звезды", "star"),
            ("كذبتك", "april"),
            ("القلب", "whisper"),
            ("مني اليك", "kimi"),
            ("花名", "flower"),
            ("世界的角落", "suzu"),
            ("我们仍未知道", "flower"),
            ("我們仍未知道", "flower"),
            ("ksiezniczka", "princess"),
            ("dua con", "momo"),
            ("הלב", "heart"),
        ],
    )
    def test_parts(self, query: str, key: str) -> None:
        """The beginning of a name and its words are found in any script."""
        assert first(query, ELSEWHERE) == [key]

    @pytest.mark.parametrize(
        ("query", "key"),
        [
            ("바이올렛 에버가던", "violet"),
            ("클라나드 에프터 스토리", "clannad"),
            ("дитя пагоды", "weather"),
            ("голос далёкой звезди", "star"),
            ("كذبتك في ابرل", "april"),
            ("همس القلت", "whisper"),
            ("在这世界的角洛", "suzu"),
            ("我们仍未知道那天所看见的花的名宇", "flower"),
            ("ฝันของฉันต้องมีเทอ", "marnie"),
            ("ksiezniczka kaguia", "princess"),
        ],
    )
    def test_one_slip(self, query: str, key: str) -> None:
        """One wrong letter in a name that is long enough does not hide it."""
        assert first(query, ELSEWHERE) == [key]

    @pytest.mark.parametrize(
        "query",
        ["나", "я", "ا", "ค", "나루토", "наруто", "ناروتو", "火影忍者"],
    )
    def test_other_names(self, query: str) -> None:
        """One letter, or another name, finds nothing in any script."""
        assert find(query, ELSEWHERE).matches == ()


class TestIndex:
    def test_what_is_stored_is_what_was_compiled(self) -> None:
        """An index read back finds the same, with the same facts, as one made of the names."""
        index = NameIndex.of(KNOWN)
        stored = msgspec.msgpack.encode(index.compile())
        restored = NameIndex(msgspec.msgpack.decode(stored, type=Compiled))

        assert [restored.name(row) for row in range(len(KNOWN))] == list(KNOWN)
        for query in (
            "clannad movie",
            "your naim",
            "violet evergarden air",
            "qwerty",
            "火",
        ):
            assert find_in(restored, query) == find(query, KNOWN)

    def test_nothing_is_normalised_again(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A stored index pays for its query alone, however many names it holds."""
        compiled = NameIndex.of(TITLES).compile()
        texts: list[str] = []
        monkeypatch.setattr("cryrec.matching.index.normalise", texts.append)

        assert find_in(NameIndex(compiled), "stiens gate").named
        assert texts == []

    def test_a_name_is_one_line(self) -> None:
        """Whatever a name holds, the names behind it keep their place."""
        names = [
            Name("a\tb", "one\nname\r\n"),
            Name("b", ""),
            Name("c", "angel\tbeats"),
        ]

        assert find("angel beats", names).matches[0].key == "c"
        assert find("one name", names).matches[0].name == "one name"

    def test_a_part_that_lacks_a_letter_is_not_passed_over(self) -> None:
        """A name longer than the query is forgiven what the query's own length would not be."""
        assert (
            find("lie in pril", TITLES).matches[0].key == "your-lie-in-april"
        )

    @settings(
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(data=st.data())
    def test_it_finds_what_a_look_at_every_name_finds(
        self, data: st.DataObject, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Only names that cannot match are passed over: the result is that of scoring them all."""
        names = (*TITLES, *ELSEWHERE, *KNOWN)
        text = list(data.draw(st.sampled_from(names)).text)
        for _ in range(data.draw(st.integers(0, 3))):
            at = data.draw(st.integers(0, len(text) - 1))
            text[at] = data.draw(
                st.sampled_from(["", " ", "a", "o", "n", "の", text[at] * 2])
            )
        cut = data.draw(st.integers(0, len(text)))
        query = "".join(text[cut:] if data.draw(st.booleans()) else text)

        quick = find(query, names)
        everything = range(len(names))
        with monkeypatch.context() as patch:
            patch.setattr(
                finding, "_rows_spelled_so", lambda index, query: everything
            )
            patch.setattr(
                guessing,
                "_rows_within",
                lambda text, rows, edits: range(len(rows)),
            )
            patch.setattr(
                guessing, "_rows_like", lambda text, rows: range(len(rows))
            )
            patch.setattr(
                guessing, "_rows_of_words", lambda index, query: everything
            )
            patch.setattr(
                guessing, "_rows_of_runs", lambda index, compact: everything
            )
            thorough = find(query, names)

        assert quick == thorough


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
        assert first("studio", STUDIOS) == [
            "Studio Ghibli",
            "Studio Deen",
            "Studio Chizu",
        ]


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
        assert (
            find(query, TITLES)
            == find(query, TITLES)
            == find(query.upper(), TITLES)
        )

    def test_no_names(self) -> None:
        """An empty catalogue finds nothing."""
        assert find("angel beats", ()) == Found((), ())
