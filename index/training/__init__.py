"""How the bundled Arabic-English embedding model is made: prepare, tokenizer, train, export.

`python -m index.training --corpora DIR --archives DIR --out DIR` does all four.
Nothing here is needed to use the model.
"""
