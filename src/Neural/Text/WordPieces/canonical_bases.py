# Writes canonical-bases.txt: for each character that Unicode decomposes canonically, what is left of it without nonspacing marks (category Mn).
# Hangul syllables are left out: their parts are computed. Usage: python3 canonical_bases.py > canonical-bases.txt
import unicodedata

lines = []
for value in range(0x80, 0x110000):
    if 0xAC00 <= value < 0xD7A4 or 0xD800 <= value < 0xE000:
        continue
    character = chr(value)
    decomposed = unicodedata.normalize("NFD", character)
    if decomposed != character:
        lines.append(character + "".join(c for c in decomposed if unicodedata.category(c) != "Mn"))
print("\n".join(lines))
