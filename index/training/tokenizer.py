"""The bilingual subword vocabulary: a unigram model over folded, lower-cased text."""

from __future__ import annotations

from collections.abc import Iterable

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

LONGEST_PIECE = 14  # letters; longer pieces are whole phrases glued by affixes, seen too rarely to learn
UNKNOWN = "[UNK]"
ARTICLE = "^(?:[وف]?[بك]?ال|[وف]?لل)(?=[ء-ي]{3,})"  # three letters: shorter words have it of their own

MARKS = (
    "[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
LETTERS = {"[أإآٱ]": "ا", "[ىی]": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ک": "ك"}


def normalizer() -> normalizers.Normalizer:
    """Build the folding that every text goes through: one spelling for what readers take for the same word.

    Compatibility forms are decomposed; diacritics, tatweel, zero-width and direction marks are dropped; alef, yeh, teh
    marbuta, hamza seats and the Persian kaf and yeh take one form each; Arabic-Indic digits of both kinds become ASCII.
    """
    digits = {f"[{chr(0x660 + value)}{chr(0x6F0 + value)}]": str(value) for value in range(10)}
    return normalizers.Sequence(
        [
            normalizers.NFKD(),
            normalizers.Replace(Regex(MARKS), ""),
            normalizers.Lowercase(),
            *(normalizers.Replace(Regex(pattern), letter) for pattern, letter in (LETTERS | digits).items()),
        ]
    )


def train_tokenizer(texts: Iterable[str], vocabulary: int) -> Tokenizer:
    """Learn a unigram vocabulary (Kudo 2018, https://arxiv.org/abs/1804.10959) of that many pieces.

    Text is split into runs of letters, of digits and of punctuation first, so that no piece crosses a word and the
    tokenizer's `word_ids` tell the words apart. While learning, the Arabic article is split off, too, with what is
    written before it: so there is one piece for a word with and without them, and what is learnt of one serves both.
    """
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizer()
    runs = [pre_tokenizers.Whitespace(), pre_tokenizers.Digits(individual_digits=False)]
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([*runs, pre_tokenizers.Split(Regex(ARTICLE), "isolated")])
    trainer = trainers.UnigramTrainer(
        vocab_size=vocabulary, unk_token=UNKNOWN, special_tokens=[UNKNOWN], max_piece_length=LONGEST_PIECE
    )
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(runs)
    return tokenizer
