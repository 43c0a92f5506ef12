"""What each dataset's licence allows, and which datasets a training may use."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

Choice = Literal["all", "permissive"]


class Licence(StrEnum):
    """What a licence asks of whoever uses the rows, as far as the choice of rows depends on it.

    A licence with conditions on those who pass the rows on (share-alike, attribution, ODbL, MPL) is permissive here:
    the model is trained from the rows, and no row is passed on.
    """

    PERMISSIVE = "permissive"
    ATTRIBUTION = "attribution"
    SHARE_ALIKE = "share-alike"
    GPL = "GPL"
    NON_COMMERCIAL = "non-commercial"
    RESEARCH = "research only"
    UNSTATED = "unstated"


PERMITTED = frozenset({Licence.PERMISSIVE, Licence.ATTRIBUTION, Licence.SHARE_ALIKE})

# By the corpora's third column, or an archive's file name. Where several licences are named, the strictest counts. Rows
# that state none are unstated even where the work that they were made from states one.
_DATASETS = {
    Licence.PERMISSIVE: """
        yeto-bilingual yemen-compass fignews sdg-translations sentence-bank-25k mmlu-ar meedan-check osm-tagging
        cc-legal uwazi dhis2 monero govuk govuk-frontend refugee-phrasebook covid19-datashare wd-names google-translit
        countries-cities-ar umpirsky-countries cldr-terms cldr-names arcd-train tydiqa-en-train antcorpus
    """,
    Licence.ATTRIBUTION: "tatoeba-manythings tatoeba-challenge d365-ar opensource-guide react-docs tldr",
    Licence.SHARE_ALIKE: "mt-geneval omw-arb omw-wikt-arb mledoze-countries world-countries mozilla-org",
    Licence.GPL: "aramorph",
    Licence.NON_COMMERCIAL: "arnli muse saudinewsnet",
    Licence.RESEARCH: "arquad reuters21578",
    Licence.UNSTATED: """
        opus100-10k wikiqaar awn3 umbrella 3b1b lk-hadith unbis anetac hkiri-ne names-translit ooni
        covid19-google-terms aqad
    """,
}
LICENCES = {dataset: licence for licence, datasets in _DATASETS.items() for dataset in datasets.split()}


def licence_of(dataset: str) -> Licence:
    """Return the licence of a dataset; that of one which the table does not know is unstated."""
    return LICENCES.get(dataset, Licence.UNSTATED)


def is_permitted(dataset: str, choice: Choice) -> bool:
    """Say whether a training with this choice of licences may use the rows of a dataset."""
    return choice == "all" or licence_of(dataset) in PERMITTED
