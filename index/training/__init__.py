"""How the bundled Arabic-English embedding model is made: prepare, tokenizer, train, export, evaluate.

`python -m index.training --help` lists the commands, and `docs/training.md` tells what they read and leave behind.
Nothing here is needed to use the model, save the list of held-out names, which `isnad bench` measures.
"""
