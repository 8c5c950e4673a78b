#!/usr/bin/python3
"""Expected values of tokenizers: learning and encoding, byte-level BPE and WordPiece, written plainly from the published descriptions.

GPT-2: Radford et al. 2019 (the byte alphabet, the pattern), Sennrich et al. 2016 (merges). BERT: Devlin et al. 2019 (basic tokenization, longest match
first). Case is lowered character by character, as Hugging Face's tokenizers do. Needs Debian's python3-regex.

    /usr/bin/python3 tokenizer_values.py > tokenizer_values.json
"""
import json
import random
import unicodedata
from collections import Counter

import regex

CORPUS = [
    "the quick brown fox jumps over the lazy dog, and the dog doesn't mind it at all",
    "low lower lowest newer newest wider widest; aaaa aaaaa abab ababab",
    "The newest dogs are lower than the widest foxes. We'll see, they've said: I'm 12, he's 123.",
    "naïve café, cafés, résumé, 今天天气很好, 今天很冷。今天 is a good day 今天。 한국어 한국",
    "She said: \"I'll be there at 10:30\"   and  left.\n\nThe end.\n\tThe End!  🙂🙂 🙂",
]

TEXTS = [
    "", " ", "    ", "the dog", " the  dog ", "The Dogs' don't", "\n\n the\t end \r\n", "naïve café CAFÉ", "cafe\u0301 re\u0301sume\u0301", "Ångström ÅNGSTRÖM İstanbul ıI",
    "ΟΔΟΣ ς Σ", "straße ẞ ﬁ Ⅳ ① ²", "今天天气 is good天 day,今天。", "豈更車 𠀀𪜶 㐀", "かがパハ゛ ｶﾞ", "한국어 각", "👨‍👩‍👧‍👦 family", "👍🏽! 🇩🇪🇨🇳 #️⃣", "🙂🙂🙂",
    "\u200bzero\u200bwidth\ufeff\u200d", "soft\u00adhyphen\u2060", "\u0000\u0001\u001f\u007f\u0085x", "a\u000bb\u000cc\u001cd", "a\u2028b\u2029c\u00a0d\u3000e\u1680f\u202fg\u180eh",
    "\ud83d", "\ude00 x", "a\ud800b\udc00c", "\ude00\ud83d", "\ufffd\ufffe\uffff", "\ue000 private", "[CLS] low [MASK] </s> <mask>", "x" * 99, "x" * 100, "x" * 101, "the" * 50,
    "lowest-newest_widest/dog@fox.end", "≠ ` ´ ^ ~ $ + < = > |", "“quotes” — dash… «x»", "สวัสดี हिन्दी বাংলা தமிழ்", "العَرَبِيَّة עִבְרִית", "e\u0301\u0323 a\u030a\u0301", "\u0301alone \u0301",
    "12 3.14 1,000 ½ ٣٤ १२", "aaaaaaa abababab", "'s 'S 'LL 'll've're'd'm't'", "\u1fef\u037e\u0374\u2126\u212b", "𝒳𝟘 𐐀𐐨 \U0001d15e", "it  's   the \n end   ",
]


def random_texts():
    generator = random.Random(7)
    pools = ["abdehlnorstw", " ' .,\n\t", "ÀÉÎõüçñřşžαβΩжЙё", "今天气好很冷日本語한국어", "\u0300\u0301\u0308\u200d\u200b\ufe0f", "🙂👍🏽👩𠀀𝒳", "\u0000\u0007\ud800\udbff\udc00\udfff\ufffd", "0123٣½²"]
    for _ in range(120):
        yield "".join(generator.choice(generator.choice(pools)) for _ in range(generator.randrange(1, 30)))


def utf16(text):
    """Pairs of surrogates become one character, as they are in UTF-16."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def width(character):
    return 2 if ord(character) > 0xFFFF else 1


# ---- byte-level BPE

VISIBLE = list(range(33, 127)) + list(range(161, 173)) + list(range(174, 256))
BYTE_CHARACTERS = {b: chr(b) for b in VISIBLE}
for index, hidden in enumerate(b for b in range(256) if b not in VISIBLE):
    BYTE_CHARACTERS[hidden] = chr(256 + index)
PATTERN = regex.compile(r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+")


def byte_symbols(word):
    return [BYTE_CHARACTERS[b] for b in word.encode("utf-8", "surrogatepass")]


def join_pair(symbols, left, right, merged):
    result, i = [], 0
    while i < len(symbols):
        if i + 1 < len(symbols) and symbols[i] == left and symbols[i + 1] == right:
            result.append(merged)
            i += 2
        else:
            result.append(symbols[i])
            i += 1
    return result


def learn(words, vocabulary, size, minimum, join):
    """Merges the most frequent pair, counted anew each time; of equal ones that of the lowest numbers."""
    numbers = {token: i for i, token in enumerate(vocabulary)}
    merges = []
    while len(vocabulary) < size:
        counts = Counter()
        for symbols, count in words:
            for pair in zip(symbols, symbols[1:]):
                counts[pair] += count
        if not counts:
            break
        left, right = min(counts, key=lambda pair: (-counts[pair], numbers[pair[0]], numbers[pair[1]]))
        if counts[left, right] < minimum:
            break
        merged = join(left, right)
        if merged not in numbers:
            numbers[merged] = len(vocabulary)
            vocabulary.append(merged)
        merges.append((left, right))
        words = [(join_pair(symbols, left, right, merged), count) for symbols, count in words]
    return vocabulary, merges


def learn_bytes(size, minimum):
    counts = Counter(word for text in CORPUS for word in PATTERN.findall(text))
    vocabulary = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"] + sorted(BYTE_CHARACTERS.values())
    return learn([(byte_symbols(word), count) for word, count in counts.items()], vocabulary, size, minimum, lambda left, right: left + right)


def encode_bytes(text, vocabulary, merges):
    numbers = {token: i for i, token in enumerate(vocabulary)}
    ranks = {pair: i for i, pair in enumerate(merges)}
    result, at = [], 0
    for match in PATTERN.finditer(utf16(text)):
        word = match.group()
        symbols = byte_symbols(word)
        while len(symbols) > 1:
            best = min(zip(symbols, symbols[1:]), key=lambda pair: ranks.get(pair, len(ranks)))
            if best not in ranks:
                break
            symbols = join_pair(symbols, *best, "".join(best))
        # The first and last UTF-16 unit of the character of each byte.
        starts, ends = [], []
        for character in word:
            length = len(character.encode("utf-8", "surrogatepass"))
            starts += [at] * length
            at += width(character)
            ends += [at] * length
        place = 0
        for symbol in symbols:
            result.append([numbers[symbol], starts[place], ends[place + len(symbol) - 1]])
            place += len(symbol)
    return result


# ---- WordPiece

CHINESE = [(0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F), (0x2B820, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F)]
ASCII_PUNCTUATION = set("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


def bert_words(text, lower):
    """Lists of [character, start, end]."""
    words, word, at = [], [], 0

    def finish():
        nonlocal word
        if word:
            words.append(word)
        word = []

    for character in utf16(text):
        start, at = at, at + width(character)
        category = unicodedata.category(character)
        if character not in "\t\n\r" and (character in "\0\ufffd" or category.startswith("C")):
            continue
        if character in "\t\n\r" or category.startswith("Z"):
            finish()
            continue
        parts = character
        if lower:
            parts = "".join(part for part in unicodedata.normalize("NFD", character) if unicodedata.category(part) != "Mn")
            parts = "".join(part.lower() for part in parts)
        if not parts:
            if word:
                word[-1][2] = at
            continue
        alone = any(first <= ord(character) <= last for first, last in CHINESE) or parts[0] in ASCII_PUNCTUATION or unicodedata.category(parts[0]).startswith("P")
        if alone:
            finish()
        word += [[part, start, at] for part in parts]
        if alone:
            finish()
    finish()
    return words


def learn_pieces(size, minimum, lower):
    counts = Counter("".join(part[0] for part in word) for text in CORPUS for word in bert_words(text, lower))
    words = [([word[0]] + ["##" + character for character in word[1:]], count) for word, count in counts.items()]
    characters = Counter()
    for symbols, count in words:
        for symbol in symbols:
            characters[symbol] += count
    order = lambda piece: [ord(character) for character in piece]
    alphabet = [c for c in characters if characters[c] >= minimum]
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    vocabulary += sorted((c for c in alphabet if len(c) == 1), key=order) + sorted((c for c in alphabet if len(c) > 1), key=order)
    words = [([symbol for symbol in symbols if symbol in alphabet], count) for symbols, count in words]
    return learn(words, vocabulary, size, minimum, lambda left, right: left + right[2:])[0]


def encode_pieces(text, vocabulary, lower):
    numbers = {token: i for i, token in enumerate(vocabulary)}
    result = []
    for word in bert_words(text, lower):
        pieces, start = [], 0
        while start < len(word) and len(word) <= 100:
            for end in range(len(word), start, -1):
                piece = ("##" if start else "") + "".join(part[0] for part in word[start:end])
                if piece in numbers:
                    pieces.append([numbers[piece], word[start][1], word[end - 1][2]])
                    break
            else:
                break
            start = end
        result += pieces if start == len(word) else [[1, word[0][1], word[-1][2]]]
    return result


def main():
    texts = [utf16(text) for text in TEXTS + list(random_texts())]
    vocabulary, merges = learn_bytes(320, 2)
    lower, cased = learn_pieces(140, 2, True), learn_pieces(140, 2, False)
    print(json.dumps({
        "corpus": CORPUS,
        "bytes": {"vocabulary": vocabulary, "merges": [" ".join(pair) for pair in merges]},
        "lower": {"vocabulary": lower},
        "cased": {"vocabulary": cased},
    }, ensure_ascii=True, indent=None)[:-1] + ',\n"cases": [')
    lines = []
    for text in texts:
        units = text.encode("utf-16-le", "surrogatepass")
        lines.append(json.dumps({
            "units": [int.from_bytes(units[i:i + 2], "little") for i in range(0, len(units), 2)],
            "bytes": encode_bytes(text, vocabulary, merges),
            "lower": encode_pieces(text, lower, True),
            "cased": encode_pieces(text, cased, False),
        }, separators=(",", ":")))
    print(",\n".join(lines) + "\n]}")


if __name__ == "__main__":
    main()
