from __future__ import annotations

import pytest

from assistant.ask import Assistant
from assistant.speech.speakers import SpeakerMatcher
from assistant.speech.statements import StatementFinder, find_statements
from assistant.words.matching import Matcher
from index.encoders.static import StaticEncoder
from index.followers.statement_index import StatementIndex
from tests.parts.librarian import article, seed

LAVROV = "وزير الخارجية الروسي سيرغي لافروف"
PESKOV = "المتحدث باسم الكرملين دميتري بيسكوف"
SYROMOLOTOV = "نائب وزير الخارجية الروسي أوليغ سيرومولوتوف"
AKAR = "وزير الدفاع التركي، خلوصي أكار"
ERDOGAN = "الرئيس التركي رجب طيب أردوغان"
KALIN = "المتحدث باسم الرئاسة التركية إبراهيم كالن"
PENCE = "نائب الرئيس الأمريكي مايك بنس"


@pytest.fixture(scope="module")
def speakers() -> SpeakerMatcher:
    return SpeakerMatcher(Matcher(StaticEncoder()))


@pytest.mark.parametrize(
    ("asked", "mention"),
    [
        ("Lavrov", LAVROV),
        ("Sergei Lavrov", "لافروف"),
        ("the Russian foreign minister", LAVROV),
        ("وزير خارجية روسيا", LAVROV),
        ("Dmitry Peskov", "بيسكوف"),
        ("ديمتري بيسكوف", PESKOV),
        ("the Kremlin spokesman", PESKOV),
        ("the Kremlin", PESKOV),
        ("the Russian deputy foreign minister", SYROMOLOTOV),
        ("Hulusi Akar", "أكار"),
        ("Turkish defence minister", AKAR),
        ("Erdogan", ERDOGAN),
        ("the Turkish president", ERDOGAN),
        ("Mike Pence", PENCE),
        ("ترمب", "الرئيس الأميركي دونالد ترامب"),
        ("the US president", "الرئيس الأميركي دونالد ترامب"),
        ("the US Secretary of State", "وزير الخارجية الأمريكي جون كيري"),
        ("the British prime minister", "رئيس الوزراء البريطاني ديفيد كاميرون"),
        ("رئيس الحكومة التونسية", "Tunisian Prime Minister Habib Essid"),
        ("the UN secretary general", "الأمين العام للأمم المتحدة بان كي مون"),
        ("صندوق النقد الدولي", "the IMF"),
        ("Moscow", "موسكو"),
        ("روسيا", "Russia"),
    ],
)
def test_a_mention_names_the_speaker_asked_for(speakers: SpeakerMatcher, asked: str, mention: str) -> None:
    assert speakers.is_same(asked, [mention])


@pytest.mark.parametrize(
    ("asked", "mention"),
    [
        ("Lavrov", PESKOV),
        ("Peskov", LAVROV),
        ("the Russian foreign minister", SYROMOLOTOV),  # the deputy is not the minister
        ("the US president", PENCE),
        ("the US president", ERDOGAN),
        ("the Turkish president", KALIN),  # nor is the spokesman the president
        ("Turkish foreign minister", AKAR),
        ("Turkish defence minister", "وزير الدفاع الروسي سيرغي شويغو"),
        ("the White House spokesman", PESKOV),
        ("الكرملين", KALIN),
        ("Macron", "Prime Minister Mario Monti"),
        ("Portugal's left-wing parties", "the Bank of Portugal"),
        ("Araqchi", "رئيس الوزراء العراقي حيدر العبادي"),  # who sounds like an Iraqi
    ],
)
def test_a_mention_of_someone_else_does_not(speakers: SpeakerMatcher, asked: str, mention: str) -> None:
    assert not speakers.is_same(asked, [mention])


def speaking(*texts: str) -> list[tuple[str, ...]]:
    return [said.mentions for text in texts for said in find_statements(article("a.txt", text))]


def test_an_office_is_followed_to_its_holder_in_other_articles(speakers: SpeakerMatcher) -> None:
    titled = "قال وزير الخارجية الروسي سيرغي لافروف إن الحوار مستمر."
    bare = "وشدد لافروف على ضرورة الحوار."
    other = "وأكد بيسكوف أن الرئيسين سيلتقيان."
    chosen = speakers.select("the Russian foreign minister", speaking(titled, bare, other))
    assert chosen == {("وزير الخارجية الروسي سيرغي لافروف",), ("لافروف",)}


def test_a_last_name_alone_is_a_holders_where_nobody_else_goes_by_it(speakers: SpeakerMatcher) -> None:
    holder, alone = ("رئيس الحكومة التونسية مهدي جمعة",), ("جمعة",)
    assert speakers.select("the Tunisian prime minister", [holder, alone]) == {holder, alone}
    assert speakers.select("the Tunisian prime minister", [holder, alone, ("علي جمعة",)]) == {holder}


def test_the_seeds_give_each_speaker_their_own_statements(speakers: SpeakerMatcher) -> None:
    said = [statement.mentions for number in range(5) for statement in find_statements(seed(number))]
    named = {
        asked: {max(mentions, key=len) for mentions in speakers.select(asked, said)}
        for asked in ("Lavrov", "Akar", "نائب وزير الخارجية الروسي", "Kalin", "Angela Davis")
    }
    assert named == {
        "Lavrov": {"وزير الخارجية الروسي سيرغي لافروف", "وزير الخارجية الروسي، سيرغي لافروف", "لافروف"},
        "Akar": {"وزير الدفاع التركي، خلوصي أكار"},
        "نائب وزير الخارجية الروسي": {SYROMOLOTOV},
        "Kalin": {"المتحدث باسم الرئاسة التركية ابراهيم كالن"},
        "Angela Davis": set(),
    }


@pytest.mark.parametrize(
    ("asked", "called", "others"),
    [
        ("Jubeir", "وزير الخارجية عادل الجبير", ["جباري", "أحمد الجابر"]),
        ("Essebsi", "الباجي قائد السبسي", ["الرئيس المصري عبد الفتاح السيسي"]),
        ("السبسي", "President Beji Caid Essebsi", ["Sisi", "President Sissi"]),
    ],
)
def test_who_is_called_so_leaves_no_room_for_who_is_called_nearly_so(
    speakers: SpeakerMatcher, asked: str, called: str, others: list[str]
) -> None:
    assert speakers.select(asked, [(mention,) for mention in (*others, called)]) == {(called,)}


EVERYONE = [
    LAVROV,
    PESKOV,
    SYROMOLOTOV,
    AKAR,
    ERDOGAN,
    KALIN,
    PENCE,
    "لافروف",
    "Russia",
    "the Kremlin",
    "Trump",
    "أنقرة",
]
ASKED = [
    *(
        "Lavrov",
        "Moscow",
        "تركيا",
        "the foreign minister",
        "وزير الخارجية",
        "Erdogan",
        "ترامب",
        "the",
        "president",
        "X",
    ),
    *("نائب الرئيس", "Sergei", "Turkey's president", "المتحدث باسم الكرملين"),
]


@pytest.mark.parametrize("asked", [*ASKED, *EVERYONE])
def test_whoever_is_the_one_meant_is_selected_among_all(speakers: SpeakerMatcher, asked: str) -> None:
    """Those that are ruled out by their words, without a closer look, are none that the closer look would take."""
    meant = {(mention,) for mention in EVERYONE if speakers.is_same(asked, [mention])}
    assert meant <= speakers.select(asked, [(mention,) for mention in EVERYONE])


def test_in_an_archive_the_same_are_found_as_among_all_its_speakers(
    speakers: SpeakerMatcher, seed_assistant: Assistant
) -> None:
    archive = seed_assistant.archive
    index = StatementIndex(archive.folder, StatementFinder())
    index.catch_up(archive)
    everyone = index.speakers()
    found = {asked: speakers.find(asked, index) for asked in [*ASKED, *EVERYONE]}
    assert found == {asked: speakers.select(asked, everyone) for asked in found}
    assert found["Lavrov"] != set() != found["المتحدث باسم الكرملين"]
