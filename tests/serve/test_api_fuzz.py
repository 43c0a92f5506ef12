"""The API is what it says it is: asked what its own description allows, and what it does not (schemathesis)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from anyio import CapacityLimiter
from hypothesis import HealthCheck, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from assistant.ask import open_assistant
from assistant.desk import Desk
from assistant.holdings.intake import Intake
from assistant.serve import api
from tests.parts.api import serving_api
from tests.parts.archives import fill, write

if TYPE_CHECKING:
    from schemathesis import BaseSchema, Case

    from assistant.ask import Assistant


def described(*modes: GenerationMode) -> BaseSchema:
    """The API as it describes itself; `modes` say whether what is sent is valid by that."""
    config = schemathesis.Config.from_dict({"generation": {"mode": modes[0].value if len(modes) == 1 else "all"}})
    return schemathesis.openapi.from_dict(api.application(Desk(_nothing), CapacityLimiter(1)).openapi(), config=config)


def _nothing() -> Assistant:
    raise AssertionError("the description needs no archive")


# What a question must be beside text, and which outlets there are, no schema can say.
UNSAID: list[schemathesis.CheckFunction] = [positive_data_acceptance]

FUZZED = settings(
    max_examples=20, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
"""The same requests on every run: a form cannot hold null, say, which the generator now and then takes for wrong."""


@pytest.fixture(scope="module")
def readable(seed_assistant: Assistant) -> Iterator[str]:
    with serving_api(seed_assistant) as address:
        yield f"{address}/api"


@pytest.fixture(scope="module")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("fuzzed")
    fill(folder / "archive", *write(folder, bridge="The bridge cost 40 million.\n"))
    with serving_api(open_assistant(folder / "archive"), Intake(folder / "archive"), may_write=True) as address:
        yield f"{address}/api"


@described().parametrize()
@FUZZED
def test_whatever_is_sent_is_answered_as_described(case: Case[Any], readable: str) -> None:
    case.call_and_validate(readable, excluded_checks=UNSAID)


@described(GenerationMode.NEGATIVE).include(tag="changing the archive", method=["POST", "DELETE"]).parametrize()
@FUZZED
def test_what_cannot_be_taken_in_is_refused_as_described(case: Case[Any], writable: str) -> None:
    case.call_and_validate(writable, excluded_checks=UNSAID)
