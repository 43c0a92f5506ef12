"""Forms of the verbs that questions about news are asked with in English. Pure."""

from __future__ import annotations

from assistant.words.lexicon import folded

_IRREGULAR = {
    words[0]: (words[1], words[-1])
    for words in (
        line.split()
        for line in """
be was been|become became become|begin began begun|bid bid bid|bind bound bound|blow blew blown|break broke broken
bring brought brought|build built built|burst burst burst|buy bought bought|cast cast cast|catch caught caught
choose chose chosen|come came come|cost cost cost|cut cut cut|deal dealt dealt|do did done|draw drew drawn
drive drove driven|fall fell fallen|feel felt felt|fight fought fought|find found found|flee fled fled|fly flew flown
forbid forbade forbidden|forget forgot forgotten|freeze froze frozen|get got got|give gave given|go went gone
grow grew grown|have had had|hear heard heard|hide hid hidden|hit hit hit|hold held held|hurt hurt hurt|keep kept kept
know knew known|lay laid laid|lead led led|leave left left|lend lent lent|let let let|lie lied lied|lose lost lost
make made made|mean meant meant|meet met met|offset offset offset|overthrow overthrew overthrown|pay paid paid
put put put|quit quit quit|read read read|ride rode ridden|rise rose risen|run ran run|say said said|see saw seen
seek sought sought|sell sold sold|send sent sent|set set set|shake shook shaken|shoot shot shot|shrink shrank shrunk
shut shut shut|sink sank sunk|speak spoke spoken|spend spent spent|split split split|spread spread spread
stand stood stood|steal stole stolen|stick stuck stuck|strike struck struck|swear swore sworn|take took taken
teach taught taught|tell told told|think thought thought|throw threw thrown|understand understood understood
uphold upheld upheld|win won won|withdraw withdrew withdrawn|write wrote written
""".strip()
        .replace("\n", "|")
        .split("|")
    )
}
"""Base form: past, past participle."""

_REGULAR = folded("""
abandon abolish accept accuse achieve acquire add address adopt agree aim allow announce apologise apologize appeal
appear apply appoint approve argue arrest arrive ask assassinate attack attempt attend back ban bar block blame bomb
boost boycott call cancel capture carry cause celebrate change charge claim clash close collapse comment complete
condemn confirm conquer consider continue control convict cooperate crash create criticise criticize cross crush
declare decline decrease defeat defend delay delete demand demolish denounce deny deploy deport describe destroy detain
devalue die direct disappear discover discuss dismiss dissolve divide drop earn elect end endorse enter erupt escape
establish evacuate exceed execute expand expect expel explain explode export express extend fail favour fear fine fire
flood follow force found fund gain grant guarantee halt hand happen hijack honour host ignore impeach import impose
improve increase inform injure inspect insist introduce invade invest investigate invite issue join jump justify kidnap
kill lack land last launch lift limit live lower manage mark marry mediate mention merge miss move name nationalise
nationalize negotiate nominate normalise normalize note offer open operate oppose order organise organize oust
overturn pardon participate pass plan play pledge postpone praise predict prepare present press prevent produce promise
propose protest prove provide publish pull punish raid raise reach react receive recognise recognize recommend recover
reduce refuse regret reject release remain remove rename reopen replace reply report request rescue resign resolve
respond restore restrict result resume retire return reveal review reverse revoke rule sack sanction scrap sentence
separate serve settle shell sign slow start state stay step stop storm stress strip submit succeed sue suffer suggest
summon supply support surrender survive suspend target test threaten toast touch trade transfer travel treat trigger
try turn unveil urge use vaccinate veto view visit voice vote vow wait walk want warn welcome widen work worry wound
""")

_DOUBLED = folded("ban bar drop plan scrap stop strip step transfer")
"""Regular verbs whose last consonant is written twice in the past."""

PREPOSITIONS = folded("""
    in on at to from for with by of about into over after before during between against near under through since until
    toward towards regarding concerning within without amid despite as
""")

DETERMINERS = folded("the a an this that these those his her its their our my your any some all")


def past(base: str) -> str:
    """Return the past of a base form, by the spelling of regular verbs where the table has none."""
    if base in _IRREGULAR:
        return _IRREGULAR[base][0]
    if base in _DOUBLED:
        return base + base[-1] + "ed"
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return base[:-1] + "ied"
    return base + "ed"


_PARTICIPLES = {past_form: participle for past_form, participle in _IRREGULAR.values()}
_ALL_PARTICIPLES = frozenset(_PARTICIPLES.values())
_BASES = _REGULAR | _IRREGULAR.keys()


def participle(past_form: str) -> str:
    """Return the past participle of a past: attacked of attacked, taken of took."""
    return _PARTICIPLES.get(past_form, past_form)


def is_base(words: list[str]) -> bool:
    """Tell whether words begin with the base form of a verb."""
    return words[:1] != [] and words[0] in _BASES


def is_past(word: str) -> bool:
    """Tell whether a small word may be the past of a verb."""
    return word in _PARTICIPLES or (word.endswith("ed") and word[:-1] not in {"ne", "ble", "fe", "see"})


def is_participle(word: str) -> bool:
    """Tell whether a small word may be the past participle of a verb."""
    return word in _ALL_PARTICIPLES or word.endswith("ed")


def find_verb(words: list[str], *, participles: bool) -> int | None:
    """Return where the verb stands in «SUBJECT VERB …», or None where it cannot be told from the subject.

    A base form is looked for, as after «did», or with `participles` a participle, as after «was».
    """
    for place in range(1, len(words)):
        word, before = words[place], words[place - 1].lower()
        is_verb = (is_participle(word) or word.endswith("ing")) if participles else word in _BASES
        if is_verb and before not in DETERMINERS and before not in PREPOSITIONS:
            return place
    capitals = 0
    start = 1 if words and words[0].lower() in DETERMINERS else 0
    while start + capitals < len(words) and words[start + capitals][:1].isupper():
        capitals += 1
    end = start + capitals
    return end if not participles and capitals and end < len(words) and words[end].lower() not in PREPOSITIONS else None
