using System.Buffers;
using System.Runtime.CompilerServices;

namespace MLPipelines.Transforms.Text;

/// <summary>Takes the n-grams of a text one after the other.</summary>
internal interface INgramSink
{
    /// <param name="hash">The hash of the n-gram and its view.</param>
    /// <param name="start">Where the n-gram starts in the folded text.</param>
    /// <param name="end">Where it ends.</param>
    void Add(ulong hash, int start, int end);
}

/// <summary>
/// Walks over the n-grams of a folded text, each with a 64-bit hash that is carried on from character to character. Two n-grams
/// of a million share a hash with a probability of about 3 · 10⁻⁸; they would then share a feature.
/// </summary>
internal static class NgramExtractor
{
    private static readonly SearchValues<char> Surrogates = SearchValues.Create([.. Enumerable.Range(0xD800, 0x800).Select(c => (char)c)]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Step(ulong hash, char c)
    {
        hash = (hash ^ c) * 0x9E3779B97F4A7C15;
        return hash ^ (hash >> 29);
    }

    private static ulong Seed(int view) => (ulong)(view + 1) * 0xBF58476D1CE4E5B9;

    /// <summary>The hash of an n-gram given as text: words are separated by one space.</summary>
    internal static ulong Hash(int view, ReadOnlySpan<char> ngram)
    {
        ulong hash = Seed(view);
        foreach (char c in ngram) hash = Step(hash, c);
        return hash;
    }

    /// <param name="text">A text from <see cref="NgramFolding"/>.</param>
    /// <param name="views">The views; a view's hashes depend on its place in the list.</param>
    /// <param name="sink">Takes the n-grams.</param>
    internal static void Extract<TSink>(ReadOnlySpan<char> text, ReadOnlySpan<NgramView> views, ref TSink sink)
        where TSink : struct, INgramSink, allows ref struct
    {
        for (int view = 0; view < views.Length; view++) Extract(text, views, view, ref sink);
    }

    /// <summary>Walks over the n-grams of one of the views.</summary>
    internal static void Extract<TSink>(ReadOnlySpan<char> text, ReadOnlySpan<NgramView> views, int index, ref TSink sink)
        where TSink : struct, INgramSink, allows ref struct
    {
        NgramView view = views[index];
        switch (view.Unit)
        {
            case NgramUnit.Word: Words(text, Seed(index), view, ref sink); break;
            case NgramUnit.Character: Characters(text, Seed(index), view, HasPairs(text), 0, text.Length, ref sink); break;
            default: CharactersWithinWords(text, Seed(index), view, HasPairs(text), ref sink); break;
        }
    }

    private static bool HasPairs(ReadOnlySpan<char> text) => text.ContainsAny(Surrogates);

    private static void CharactersWithinWords<TSink>(ReadOnlySpan<char> text, ulong seed, NgramView view, bool hasPairs, ref TSink sink)
        where TSink : struct, INgramSink, allows ref struct
    {
        // The text starts and ends with a space, and there is one space between words: each word shares it with its neighbours.
        int start = 0;
        while (start + 1 < text.Length)
        {
            int end = start + 1 + text[(start + 1)..].IndexOf(' ');
            Characters(text, seed, view, hasPairs, start, end + 1, ref sink);
            start = end;
        }
    }

    private static void Characters<TSink>(ReadOnlySpan<char> text, ulong seed, NgramView view, bool hasPairs, int from, int to, ref TSink sink)
        where TSink : struct, INgramSink, allows ref struct
    {
        if (hasPairs)
        {
            CharactersOrPairs(text, seed, view, from, to, ref sink);
            return;
        }
        int minimum = view.MinimumLength;
        if (to - from < minimum)
        {
            // A word that is shorter than the shortest n-gram counts as a whole.
            if (view.Unit == NgramUnit.Character) return;
            minimum = to - from;
        }
        for (int start = from; start <= to - minimum; start++)
        {
            int end = Math.Min(start + view.MaximumLength, to);
            ulong hash = seed;
            int i = start;
            for (; i < start + minimum - 1; i++) hash = Step(hash, text[i]);
            for (; i < end; i++)
            {
                hash = Step(hash, text[i]);
                // A space alone says nothing.
                if (i > start || text[i] != ' ') sink.Add(hash, start, i + 1);
            }
        }
    }

    /// <summary>The same for text with surrogate pairs: a pair counts as one character, and no n-gram begins or ends within it.</summary>
    private static void CharactersOrPairs<TSink>(ReadOnlySpan<char> text, ulong seed, NgramView view, int from, int to, ref TSink sink)
        where TSink : struct, INgramSink, allows ref struct
    {
        int left = 0, minimum = view.MinimumLength;
        for (int at = from; at < to; at += LengthAt(text, at)) left++;
        if (left < minimum)
        {
            if (view.Unit == NgramUnit.Character) return;
            minimum = left;
        }
        for (int start = from; left >= minimum; start += LengthAt(text, start), left--)
        {
            ulong hash = seed;
            int end = start;
            for (int length = 1; length <= view.MaximumLength && end < to; length++)
            {
                for (int next = end + LengthAt(text, end); end < next; end++) hash = Step(hash, text[end]);
                if (length >= minimum && (length > 1 || text[start] != ' ')) sink.Add(hash, start, end);
            }
        }
    }

    private static int LengthAt(ReadOnlySpan<char> text, int at) =>
        char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;

    private static void Words<TSink>(ReadOnlySpan<char> text, ulong seed, NgramView view, ref TSink sink)
        where TSink : struct, INgramSink, allows ref struct
    {
        // Nothing but one space: an empty text has no n-gram.
        if (text.Length == 1) return;
        // The hash of every n-gram under construction, the one started last in front; a new word goes on with all of them.
        Span<ulong> hashes = stackalloc ulong[NgramView.LengthLimit];
        Span<int> starts = stackalloc int[NgramView.LengthLimit];
        int open = 0, position = 0;
        // The marks stand at the spaces that every folded text starts and ends with.
        if (view.MarkEnds) GoOn("⟨", 0, 1, seed, view, hashes, starts, ref open, ref sink);
        while (NextWord(text, ref position, out int start, out int end)) GoOn(text[start..end], start, end, seed, view, hashes, starts, ref open, ref sink);
        if (view.MarkEnds) GoOn("⟩", text.Length - 1, text.Length, seed, view, hashes, starts, ref open, ref sink);
    }

    private static void GoOn<TSink>(ReadOnlySpan<char> word, int start, int end, ulong seed, NgramView view,
        scoped Span<ulong> hashes, scoped Span<int> starts, ref int open, ref TSink sink)
        where TSink : struct, INgramSink, allows ref struct
    {
        open = Math.Min(open + 1, view.MaximumLength);
        for (int i = open - 1; i > 0; i--)
        {
            ulong hash = Step(hashes[i - 1], ' ');
            foreach (char c in word) hash = Step(hash, c);
            (hashes[i], starts[i]) = (hash, starts[i - 1]);
        }
        ulong single = seed;
        foreach (char c in word) single = Step(single, c);
        (hashes[0], starts[0]) = (single, start);
        for (int i = view.MinimumLength - 1; i < open; i++) sink.Add(hashes[i], starts[i], end);
    }

    /// <summary>Finds the next word of a folded text.</summary>
    internal static bool NextWord(ReadOnlySpan<char> text, ref int position, out int start, out int end)
    {
        start = end = position;
        CharacterKind kind;
        do
        {
            if (position >= text.Length) return false;
            kind = CharacterClasses.KindOf(text[position++]);
        }
        while (kind is CharacterKind.Space or CharacterKind.Symbol);
        start = position - 1;
        if (kind == CharacterKind.Surrogate)
            while (position < text.Length && char.IsLowSurrogate(text[position])) position++;
        if (kind == CharacterKind.Letter)
            while (position < text.Length && CharacterClasses.KindOf(text[position]) == CharacterKind.Letter) position++;
        end = position;
        return true;
    }

    /// <summary>The text of an n-gram as it is kept in model files: the words of a word n-gram with one space between them.</summary>
    internal static string TextOf(ReadOnlySpan<char> text, NgramView view, int start, int end)
    {
        ReadOnlySpan<char> ngram = text[start..end];
        if (view.Unit != NgramUnit.Word) return ngram.ToString();
        var words = new System.Text.StringBuilder(ngram.Length + 2);
        if (start == 0) words.Append('⟨');
        int position = 0;
        while (NextWord(ngram, ref position, out int wordStart, out int wordEnd))
        {
            if (words.Length > 0) words.Append(' ');
            words.Append(ngram[wordStart..wordEnd]);
        }
        if (end == text.Length) words.Append(words.Length > 0 ? " ⟩" : "⟩");
        return words.ToString();
    }
}
