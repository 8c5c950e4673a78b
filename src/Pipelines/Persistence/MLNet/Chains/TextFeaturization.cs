using MLPipelines.Data;
using MLPipelines.Transforms;
using MLPipelines.Transforms.Text;
using NormFunction = MLPipelines.Transforms.LpNormNormalizingEstimatorBase.NormFunction;

namespace MLPipelines.Persistence.MLNet;

/// <summary>
/// The steps that ML.NET's FeaturizeText consists of, as the one step that does the same here: it needs no columns in between, and is exported to ONNX whole. The order is always: text, words, their keys and n-grams,
/// characters and their n-grams, norms, both side by side, and leaving out all columns in between.
/// </summary>
internal sealed class TextFeaturization
{
    private readonly IReadOnlyList<ITransformer> _steps;
    private readonly HashSet<string> _between = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NormFunction> _norms = new(StringComparer.Ordinal);
    private int _at;

    private TextFeaturization(IReadOnlyList<ITransformer> steps) => _steps = steps;

    /// <summary><see langword="null"/> for steps that are anything else.</summary>
    internal static ITransformer? OfOrNull(IReadOnlyList<ITransformer> steps) => new TextFeaturization(steps).Merge();

    private TextFeaturizingTransformer? Merge()
    {
        if (Next<TextNormalizingTransformer>() is not { } normalizer) return null;
        string text = Made(normalizer.Columns);
        (string Column, NgramPart Part)? words = null, characters = null;
        ITextTokenizer tokenizer = SeparatorTokenizer.AtSpaces;
        if (Next<WordTokenizingTransformer>(step => step.Columns.InputColumnName == text) is { } cut)
        {
            tokenizer = cut.Tokenizer;
            words = Words(Made(cut.Columns));
            if (words is null) return null;
        }
        if (Next<TokenizingByCharactersTransformer>(step => step.UsesMarkers && step.Columns.InputColumnName == text) is { } letters)
        {
            characters = Ngrams(Made(letters.Columns), terms: null);
            if (characters is null) return null;
        }
        NormFunction? norm = null;
        while (Next<LpNormNormalizingTransformer>(step => step.PlainNorm is not null) is { } scaling)
        {
            norm = scaling.PlainNorm;
            string column = Made(scaling.Columns);
            _norms[column] = scaling.PlainNorm!.Value;
            if (scaling.Columns.InputColumnName == words?.Column) words = (column, words.Value.Part);
            else if (scaling.Columns.InputColumnName == characters?.Column) characters = (column, characters.Value.Part);
            else return null;
        }
        string[] parts = [.. new[] { characters?.Column, words?.Column }.OfType<string>()];
        if (parts.Length == 0 || parts.Any(part => norm is null ? _norms.ContainsKey(part) : !_norms.TryGetValue(part, out NormFunction own) || own != norm)) return null;
        if (Next<ColumnConcatenatingTransformer>(step => step.Inputs.SequenceEqual(parts)) is not { } all || _between.Contains(all.Output)) return null;
        if (Next<ColumnSelectingTransformer>(step => step.Dropped is { } dropped && _between.SetEquals(dropped)) is null || _at < _steps.Count) return null;
        var analysis = new TextAnalysis([normalizer.Columns.InputColumnName], normalizer.Settings, tokenizer, StopWords: null);
        return new TextFeaturizingTransformer(TextFeaturizingEstimator.Id, all.Output, tokensColumn: null, analysis, characters?.Part, words?.Part, norm);
    }

    private (string, NgramPart)? Words(string words)
    {
        if (Next<ValueToKeyMappingTransformer>() is not { Mappings: [{ Values: KeyValues<ReadOnlyMemory<char>> values } mapping] } || mapping.Columns.InputColumnName != words) return null;
        int characters = 0;
        foreach (ReadOnlyMemory<char> term in values.Values) characters += term.Length;
        var terms = new TermMap(values.Count, characters);
        foreach (ReadOnlyMemory<char> term in values.Values) terms.GetOrAdd(term.Span);
        // Where a word is there twice, keys are not the numbers of words.
        return terms.Count == values.Count ? Ngrams(Made(mapping.Columns), terms) : null;
    }

    private (string, NgramPart)? Ngrams(string keys, TermMap? terms) =>
        Next<NgramExtractingTransformer>(step => step.Columns.InputColumnName == keys) is { } ngrams ? (Made(ngrams.Columns), ngrams.ToPart(terms)) : null;

    private T? Next<T>(Func<T, bool>? isThat = null) where T : class, ITransformer
    {
        if (_at == _steps.Count || _steps[_at] is not T step || isThat?.Invoke(step) == false) return null;
        _at++;
        return step;
    }

    private string Made(InputOutputColumnPair columns)
    {
        _between.Add(columns.OutputColumnName);
        return columns.OutputColumnName;
    }
}
