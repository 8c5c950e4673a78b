namespace MLPipelines.Transforms.Text;

/// <summary>
/// The kinds of tokenizers that a model file may name. A program that brings its own tokenizer registers it before it loads a
/// model that uses it.
/// </summary>
public static class TextTokenizers
{
    private static readonly Lock Registering = new();

    private static readonly Dictionary<string, Func<ModelStepReader, ITextTokenizer>> Loaders = new(StringComparer.Ordinal)
    {
        [SeparatorTokenizer.Id] = SeparatorTokenizer.Load,
        [UnicodeTokenizer.Id] = UnicodeTokenizer.Load,
        [WeightedTermsTokenizer.Id] = WeightedTermsTokenizer.Load,
    };

    /// <summary>Makes a kind of tokenizer known.</summary>
    /// <param name="typeId">Its <see cref="ITextTokenizer.TypeId"/>.</param>
    /// <param name="load">Makes the tokenizer out of what <see cref="ITextTokenizer.Save"/> wrote.</param>
    /// <exception cref="ArgumentException">The name is taken by another loader.</exception>
    public static void Register(string typeId, Func<ModelStepReader, ITextTokenizer> load)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(typeId);
        ArgumentNullException.ThrowIfNull(load);
        lock (Registering)
        {
            if (Loaders.TryGetValue(typeId, out var existing) && existing != load)
                throw new ArgumentException($"A tokenizer of type '{typeId}' is registered already.", nameof(typeId));
            Loaders[typeId] = load;
        }
    }

    internal static void Save(ITextTokenizer tokenizer, ModelStepWriter writer)
    {
        writer.Set("tokenizer", tokenizer.TypeId);
        tokenizer.Save(writer.Section("tokenizer-settings"));
    }

    internal static ITextTokenizer Load(ModelStepReader reader)
    {
        string typeId = reader.GetString("tokenizer");
        Func<ModelStepReader, ITextTokenizer>? load;
        lock (Registering) load = Loaders.GetValueOrDefault(typeId);
        return load?.Invoke(reader.Section("tokenizer-settings"))
            ?? throw reader.Invalid($"its tokenizer '{typeId}' is not known; call TextTokenizers.Register before loading the model");
    }
}
