"""The command that makes the model: `python -m index.training`."""

from index.training.cli import cli
from index.training.work import COMMAND

if __name__ == "__main__":
    cli(prog_name=COMMAND)
