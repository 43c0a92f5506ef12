"""The verbs and phrases that report speech in English, and the words that end a speaker's name. Pure."""

from __future__ import annotations

from assistant.words.lexicon import folded
from index.statement import Stance

SAY_EN: dict[str, Stance] = {
    word: stance
    for stance, words in {
        Stance.SAID: """
            said says say stated states added adds told called alleged alleges hinted hints concluded
            concludes disclosed indicated indicates observed
            testified found noted notes remarked replied responded explained explains
            asserted maintained claimed claims reported reports expressed expresses described describes suggested
            suggests commented pointed signalled signaled cited attributed wrote recalled
        """,
        Stance.STRESSED: """
            stressed stresses emphasised emphasized reiterated insisted insists confirmed confirms reaffirmed reaffirms
        """,
        Stance.ANNOUNCED: "announced announces declared declares revealed",
        Stance.DENIED: "denied denies",
        Stance.ACCUSED: "accused accuses blamed blames",
        Stance.WARNED: "warned warns threatened cautioned cautions",
        Stance.EXPECTED: """
            expected expects expect predicted predicts predict forecast forecasts project projected anticipates
            anticipated anticipate estimates estimated estimate hopes hoped hope fear feared
        """,
        Stance.BELIEVED: "argued argues argue believed believes believe think thinks contended contends doubted doubts",
        Stance.REGRETTED: "regretted",
        Stance.DEMANDED: "urged urges demanded demands proposed proposes recommended recommends",
        Stance.PROMISED: "vowed pledged promised",
        Stance.PRAISED: "praised welcomed welcomes thanked",
        Stance.CRITICISED: """
            rejected rejects condemned condemns criticised criticized denounced denounces deplored complained
        """,
        Stance.AGREED: "acknowledged admitted admits conceded",
        Stance.ASKED: "asked wondered wonders",
    }.items()
    for word in words.split()
}
"""English reporting verbs, third person and past."""

LABELS_EN = folded("note notes correction update results year quarter dividend record editor picture photo table")
"""Words before a colon that name no speaker: NOTE: ..."""

PLURAL_EN = folded("say expect predict anticipate argue believe think hope fear")
"""Reporting verbs as they stand after many, or as an order: one speaker does not go on by them."""

SAYING_EN: dict[str, Stance] = {
    word: stance
    for stance, words in {
        Stance.SAID: "saying adding noting stating explaining claiming suggesting describing citing",
        Stance.STRESSED: "stressing emphasising emphasizing reiterating insisting",
        Stance.ANNOUNCED: "announcing declaring",
        Stance.DENIED: "denying",
        Stance.ACCUSED: "accusing",
        Stance.WARNED: "warning",
        Stance.EXPECTED: "predicting forecasting expecting projecting estimating anticipating",
        Stance.BELIEVED: "arguing",
        Stance.DEMANDED: "urging demanding",
        Stance.PROMISED: "vowing pledging promising",
        Stance.PRAISED: "praising welcoming thanking",
        Stance.CRITICISED: "rejecting condemning criticising criticizing",
        Stance.AGREED: "acknowledging admitting",
    }.items()
    for word in words.split()
}
"""English participles in which the speaker of the clause before says on: adding that."""

WEAK_SAY_EN = folded("""
    notes reports claims states demands forecast forecasts estimates hopes doubts estimated proposed estimate hope fear
    project projected say expect expected predict think believe anticipate argue feared
""")
"""Reporting verbs that are plural nouns as well: taken only right after a name or an office."""

BOUNDARY_EN = folded("""
    that and but when while which who whom whose because if although though however where since until so no not then
    also after before during on at as for with by from in to of about against over there it this these those
    has have had is was are were be been will would can could may might
""")
"""Words that a speaker's name does not run across in English, «of», «for» and «to» within a role aside."""

HELD_EN = folded("""
    expected expects believed believes thinks anticipates anticipated hopes hoped estimates estimated doubts doubted
""")
"""English verbs for what is held, not said: after a pronoun they stand below the verb that says it."""

NEEDS_THAT_EN = folded("""
    reported reports rejected rejects cited concluded concludes disclosed indicated indicates observed signalled
    signaled found
""")
"""English verbs that as often do as say: they report only a clause or a quotation."""

NEEDS_OBJECT_EN = folded("attributed")
"""English verbs that report in the active voice alone: attributed the loss to the weather."""

TAKES_OBJECT_EN = folded("""
    praised welcomed welcomes thanked rejected rejects condemned condemns criticised criticized denounced denounces
    deplored accused accuses blamed blames urged urges
""")
"""English verbs whose object follows, whatever comma stands before them: the mayor, 54, praised the festival."""

PROGRESSIVE_EN = folded(
    "predicting forecasting expecting projecting estimating anticipating arguing claiming warning urging"
)
"""English participles that report after a form of "be" as well: is projecting."""

SHOWS_EN = folded("show shows showed")
"""English verbs by which figures, surveys and documents report."""

TELL_EN = folded("told informed assured reminded notified")
"""English verbs that whoever is spoken to follows."""

ADVERBS_EN = folded("""
    also later earlier again today yesterday recently previously repeatedly publicly meanwhile then now has have had
""")
"""Words that may stand between an English speaker and the verb."""
