"""One process for programs and people: what `isnad serve` serves."""
