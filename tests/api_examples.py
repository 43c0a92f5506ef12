"""The examples in the API's description, asked of the seed articles; `python -m tests.api_examples` writes them."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.ask import open_assistant
from assistant.holdings.intake import Intake
from assistant.serve.api.descriptions import EXAMPLES
from tests.api import form, get, post, request, serving_api
from tests.archives import fill
from tests.librarian import SEEDS

ASKED: dict[str, dict[str, dict[str, Any]]] = {
    "ask": {
        "a question": {"question": "Has Turkey fulfilled its commitments in Idlib?"},
        "a follow-up, narrowed": {
            "question": "وماذا عن أردوغان؟",
            "history": ["ماذا قال لافروف عن تركيا"],
            "language": "ar",
        },
        "a question without an answer": {"question": "What did Lavrov say about Japan?"},
    },
    "search": {"some words": {"query": "ceasefire in Idlib", "k": 2}},
    "check": {
        "a quotation": {"quote": "لا بديل عن التعاون مع تركيا"},
        "a text": {"text": "Peskov said that Russia sees no alternative to cooperating with Turkey."},
    },
    "statements": {"a speaker": {"speaker": "Peskov", "limit": 2}},
}

ARTICLE = {"id": "visit", "title": "A visit", "text": "The minister arrived in Prague on Monday.", "source": "Agency"}


def examples(folder: Path) -> dict[str, dict[str, Any]]:
    """Ask a server over the seed articles, whose archive is made in a folder, by the API itself."""
    fill(folder, SEEDS)
    found: dict[str, dict[str, Any]] = {
        name: {} for name in (*ASKED, "stats", "articles", "article", "add", "intake", "remove", "errors")
    }
    with serving_api(open_assistant(folder), Intake(folder), may_write=True) as address:
        for name, asked in ASKED.items():
            for title, sent in asked.items():
                found[name][title] = {"request": sent, "response": post(address, f"/api/{name}", sent).json}
        found["stats"]["the archive"] = {"response": get(address, "/api/stats").json}
        listed = get(address, "/api/articles?limit=1").json
        found["articles"]["the first page"] = {"response": listed}
        name = listed["articles"][0]["article"]
        found["article"]["an article"] = {"response": get(address, f"/api/articles/{name}").json}
        sent = {"articles": [ARTICLE]}
        found["add"]["articles"] = {"request": sent, "response": post(address, "/api/articles", sent).json}
        found["intake"]["at its end"] = {"response": get(address, "/api/intake").json}
        removed = request(address, "DELETE", f"/api/articles/{name}").json
        found["remove"]["an article"] = {"response": removed}
        refused = [
            request(address, "POST", "/api/ask", '{"question": "Who?",}', {"content-type": "application/json"}),
            get(address, "/api/articles/000000000000"),
            request(address, "POST", "/api/ask", "question=Who", {"content-type": "application/x-www-form-urlencoded"}),
            post(address, "/api/ask", {"question": "Who?", "from": "17.2.2020"}),
        ]
    with serving_api(open_assistant(folder)) as address:
        body, headers = form(("visit.txt", b"The minister arrived in Prague."))
        refused.append(request(address, "POST", "/api/articles", body, headers))
    found["errors"] = {str(reply.status): reply.json for reply in sorted(refused)}
    return found


if __name__ == "__main__":
    with TemporaryDirectory() as archive:
        made = examples(Path(archive))
    EXAMPLES.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
