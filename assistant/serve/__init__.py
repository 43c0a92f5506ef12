"""One process for programs and people: `isnad serve`."""
