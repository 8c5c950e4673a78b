using MLPipelines.Data;
using MLPipelines.Transforms.Text;

namespace MLPipelines.Persistence.MLNet;

/// <summary>Steps that change texts, cut them, or look their words up.</summary>
internal static class TextReaders
{
    /// <summary>Pairs; the case (lower, upper, as it is), whether diacritics, punctuation and numbers are kept.</summary>
    internal static void Normalize(Component component, Payload payload, ChainBuilder chain)
    {
        InputOutputColumnPair[] pairs = payload.Pairs();
        var mode = (TextNormalizingEstimator.CaseMode)payload.Byte();
        if (!Enum.IsDefined(mode)) throw component.Invalid($"case {(int)mode} is not known");
        var settings = new NormalizerSettings(mode, payload.Bool(), payload.Bool(), payload.Bool());
        chain.AddEach(component, pairs, pair => new TextNormalizingTransformer(pair, settings), TextDataViewType.Instance);
    }

    /// <summary>Pairs; of each the characters that separate words, after their number.</summary>
    internal static void Words(Component component, Payload payload, ChainBuilder chain)
    {
        InputOutputColumnPair[] pairs = payload.Pairs();
        var tokenizers = new Queue<SeparatorTokenizer>();
        for (int i = 0; i < pairs.Length; i++)
            tokenizers.Enqueue(payload.Chars() is { Length: > 0 } separators ? new SeparatorTokenizer(separators) : throw component.Invalid("it has no characters to cut texts at"));
        chain.AddEach(component, pairs, pair => new WordTokenizingTransformer(pair, tokenizers.Dequeue()), TextDataViewType.Instance);
    }

    /// <summary>Pairs; whether start and end are marked and, from version 2 on, what stands between the texts of a vector: end and start, or the unit separator.</summary>
    internal static void Characters(Component component, Payload payload, ChainBuilder chain)
    {
        InputOutputColumnPair[] pairs = payload.Pairs();
        bool useMarkers = payload.Bool();
        // Between the texts of a vector: rare, and the same for a single text.
        if (payload.Version >= 0x00010002) payload.Bool();
        chain.AddEach(component, pairs, pair => new TokenizingByCharactersTransformer(pair, useMarkers), TextDataViewType.Instance);
    }

    /// <summary>Pairs; whether the vectors are from a file of the user's, and its path or the number of a published file. The vectors themselves are in no model file.</summary>
    internal static void WordEmbedding(Component component, Payload payload, ChainBuilder chain)
    {
        InputOutputColumnPair[] pairs = payload.Pairs();
        bool isCustom = payload.Bool();
        string? path = isCustom ? payload.Name() : null;
        var kind = isCustom ? default : (WordEmbeddingEstimator.PretrainedModelKind)payload.UInt32();
        if (!isCustom && !Enum.IsDefined(kind)) throw component.Invalid($"word vectors {(uint)kind} are not known");
        try
        {
            // Only by the name of the file: a path in a file of somebody else's is no reason to read there.
            WordVectors vectors = WordVectorFile.Read(path is null ? PretrainedWordVectors.Find(kind) : PretrainedWordVectors.Find(Path.GetFileName(path.Replace('\\', '/'))), CancellationToken.None);
            chain.Add(new WordEmbeddingTransformer([.. pairs.Select(pair => new WordEmbedding(pair, vectors, hasExtremes: true))]), pairs, new VectorDataViewType(TextDataViewType.Instance));
        }
        catch (FileNotFoundException e)
        {
            throw component.Invalid($"this file needs word vectors that it does not have. {e.Message.TrimEnd('.')}", e);
        }
    }
}
