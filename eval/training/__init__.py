"""How the second opinion on support is trained: pairs changed by rule, then the labelled development half."""
