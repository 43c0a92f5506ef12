"""Ask a server by OpenAI's library: ``python examples/openai_chat.py http://127.0.0.1:7860/v1 QUESTION``.

The key is that of ``OPENAI_API_KEY``; where the server asks for none, any will do.
"""

import os
import sys

from openai import OpenAI


def main(address: str, question: str) -> None:
    """Print the answer as it comes, then where each of its numbers leads."""
    client = OpenAI(base_url=address, api_key=os.environ.get("OPENAI_API_KEY", "none"))
    with client.chat.completions.stream(model="isnad", messages=[{"role": "user", "content": question}]) as stream:
        for event in stream:
            if event.type == "content.delta":
                print(event.delta, end="", flush=True)
        message = stream.get_final_completion().choices[0].message
    print()
    for annotation in message.annotations or []:
        place = annotation.model_dump()["isnad"]
        print(f"[{place['n']}] {place['support']} {place['path']} {place['start']}-{place['end']} {place['quote']}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
