namespace MLPipelines.Transforms.Text;

/// <summary>Words and a vector of numbers for each, side by side in memory.</summary>
internal sealed class WordVectors
{
    private readonly TermMap _words;
    private float[] _values;

    internal WordVectors(int dimension) : this(new TermMap(), [], dimension) { }

    private WordVectors(TermMap words, float[] values, int dimension) => (_words, _values, Dimension) = (words, values, dimension);

    /// <summary>The length of every vector.</summary>
    internal int Dimension { get; }

    internal int Count => _words.Count;

    /// <summary>Adds a word; of a word that is there already, the first vector stays.</summary>
    internal void Add(ReadOnlySpan<char> word, ReadOnlySpan<float> vector)
    {
        int before = Count;
        _words.GetOrAdd(word);
        if (Count == before) return;
        long needed = (long)Count * Dimension;
        if (needed > Array.MaxLength) throw new MLPipelinesException($"{Count} vectors of {Dimension} numbers are more than one array can hold ({Array.MaxLength} numbers).");
        if (needed > _values.Length) Array.Resize(ref _values, (int)Math.Min(Math.Max(needed, _values.Length * 2L), Array.MaxLength));
        vector.CopyTo(_values.AsSpan((int)needed - Dimension));
    }

    /// <summary>The vector of a word; <see langword="false"/> when it has none.</summary>
    internal bool TryGet(ReadOnlySpan<char> word, out ReadOnlySpan<float> vector)
    {
        int key = (int)_words.Find(word);
        vector = key == 0 ? default : _values.AsSpan((key - 1) * Dimension, Dimension);
        return key != 0;
    }

    internal void Save(ModelStepWriter writer)
    {
        writer.Set("dimension", Dimension);
        _words.Save(writer);
        writer.WriteArray<float>("vectors", _values.AsSpan(0, Count * Dimension), Count, Dimension);
    }

    internal static WordVectors Load(ModelStepReader reader)
    {
        int dimension = reader.GetInt32("dimension");
        if (dimension < 1) throw reader.Invalid($"its vectors have {dimension} numbers, expected at least 1");
        TermMap words = TermMap.Load(reader);
        return new WordVectors(words, reader.ReadArray<float>("vectors", words.Count, dimension), dimension);
    }
}
