"""Ask an archive through LlamaIndex: ``python examples/llama_index_query.py ARCHIVE QUESTION``."""

import sys
from contextlib import closing
from pathlib import Path

from assistant.ask import open_assistant
from assistant.llama_index import IsnadQueryEngine, IsnadRetriever


def main(archive: str, question: str) -> None:
    """Print the nearest passages, then the answer and where each of its citations stands."""
    assistant = open_assistant(Path(archive))
    with closing(assistant.archive):
        for found in IsnadRetriever(assistant, top_k=3).retrieve(question):
            place = found.node.metadata
            print(f"{found.score:.2f} {place['path']} {place['start']}-{place['end']}")
        response = IsnadQueryEngine(assistant).query(question)
        print(response)
        for cited in response.source_nodes:
            print(cited.node.metadata["path"], cited.node.metadata["start"], cited.node.get_content())


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
