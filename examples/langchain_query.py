"""Ask an archive through LangChain: ``python examples/langchain_query.py ARCHIVE QUESTION``."""

import sys
from contextlib import closing
from pathlib import Path

from langchain_core.documents import Document
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import RunnablePassthrough

from assistant.ask import open_assistant
from assistant.langchain import IsnadChain, IsnadRetriever

PROMPT = ChatPromptTemplate.from_template("Answer from these passages, by their numbers:\n{passages}\n\n{question}")


def numbered(passages: list[Document]) -> str:
    """Return passages for a prompt, each with its number."""
    return "\n".join(f"[{number}] {passage.page_content}" for number, passage in enumerate(passages, 1))


def main(archive: str, question: str) -> None:
    """Print the prompt that a model of yours would get, then the archive's own answer and where its citations stand."""
    assistant = open_assistant(Path(archive))
    with closing(assistant.archive):
        retriever = IsnadRetriever(assistant, top_k=3)
        prompt = {"passages": retriever | numbered, "question": RunnablePassthrough()} | PROMPT  # | your model
        print(prompt.invoke(question).to_string())
        cited = IsnadChain(assistant).invoke(question)
        print(cited["answer"])
        for place in cited["context"]:
            print(place.metadata["path"], place.metadata["start"], place.metadata["end"], place.page_content)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
