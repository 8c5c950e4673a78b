using MLPipelines.Onnx.Graph;
using MLPipelines.Transforms.Text;
using NormFunction = MLPipelines.Transforms.LpNormNormalizingEstimatorBase.NormFunction;
using Weighting = MLPipelines.Transforms.Text.NgramExtractingEstimator.WeightingCriteria;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Export.Text;

/// <summary>
/// What FeaturizeText and ProduceWordBags do: texts are normalized character by character, and n-grams of characters and words are
/// counted as sequences of the characters' numbers.
/// </summary>
internal sealed class TextFeaturizerConverter
{
    private const long Separator = 1, Unknown = 2, FirstKnown = 3;

    private readonly GraphBuilder _graph;
    private readonly TextAnalysis _analysis;
    private readonly CharNormalizer _normalizer;
    private readonly char[] _separators;
    private readonly Dictionary<string, long> _known = new(StringComparer.Ordinal);

    private TextFeaturizerConverter(GraphBuilder graph, TextAnalysis analysis, char[] separators)
    {
        (_graph, _analysis, _separators) = (graph, analysis, separators);
        _normalizer = CharNormalizer.For(analysis.Normalizer);
    }

    internal static void Convert(StepExport step)
    {
        TextAnalysis analysis = TextAnalysis.Load(step.Saved);
        if (step.Saved.GetStringOrNull("tokens") is { } tokens) step.Leave(tokens, "texts cannot be put together from characters, so that there is no column of words");
        if (!step.Saved.GetBoolean("countsCharacters") && !step.Saved.GetBoolean("countsWords")) return;
        if (analysis.StopWords is not null) throw new NotExportableException("stop words cannot be taken out of texts");
        if (analysis.Inputs.Any(name => step.Column(name).Width != 1)) throw new NotExportableException("its input is a vector of texts");
        char[] separators = analysis.Tokenizer is SeparatorTokenizer ? [.. step.Saved.Section("tokenizer-settings").GetInt32s("separators").Select(code => (char)code)] : [];
        if (step.Saved.GetBoolean("countsWords") && !separators.Contains(' '))
            throw new NotExportableException("words can only be told by separators, a space among them");
        new TextFeaturizerConverter(step.Graph, analysis, separators).Convert(step, step.Saved.GetString("output"));
    }

    private void Convert(StepExport step, string output)
    {
        var characters = Part(step, "Characters", "characters", keys => new string([.. keys.Select(key => (char)key)]));
        string[] terms = step.Saved.GetBoolean("countsWords") ? [.. step.Saved.Section("words").ReadTexts("terms")] : [];
        var words = Part(step, "Words", "words", keys => keys.All(key => key > 0) ? string.Join(' ', keys.Select(key => terms[key - 1])) : "");
        foreach (char marker in new[] { (char)CharacterKeys.TextStart, (char)CharacterKeys.TextEnd, (char)CharacterKeys.UnitSeparator }) Know(marker.ToString());
        foreach (char separator in _separators) Know(separator.ToString());
        foreach (var part in new[] { characters, words })
            foreach (char character in (part?.Ngrams ?? []).SelectMany(ngram => ngram)) Know(character.ToString());

        GraphValue[] texts = Texts([.. _analysis.Inputs.Select(step.Column)]);
        NormFunction? norm = step.Saved.GetStringOrNull("norm") is null ? null : step.Saved.GetEnum<NormFunction>("norm");
        List<GraphValue> parts = [];
        if (characters is not null) parts.Add(Weigh(characters, Pool(characters.Ngrams, isWords: false).Count(_graph, Characters(texts), characters.Skip), norm));
        if (words is not null) parts.Add(Weigh(words, Pool(words.Ngrams, isWords: true).Count(_graph, Words(texts)), norm));
        step.Set(output, _graph.Concat([.. parts.Where(part => part.Width > 0)]));
    }

    /// <summary>What was learned of one kind of n-grams.</summary>
    private sealed record Learned(string[] Ngrams, int Skip, Weighting Weighting, double[] InverseFrequencies);

    private static Learned? Part(StepExport step, string flag, string section, Func<uint[], string> textOf)
    {
        if (!step.Saved.GetBoolean("counts" + flag)) return null;
        ModelStepReader saved = step.Saved.Section(section);
        NgramMap map = NgramMap.Load(saved);
        if (map.Count == 0) return null;
        int skip = saved.GetInt32("skipLength");
        if (skip > 0 && (section == "words" || saved.GetInt32("ngramLength") > 2)) throw new NotExportableException("n-grams with gaps are only counted between two characters or two keys");
        var weighting = saved.GetEnum<Weighting>("weighting");
        return new Learned([.. Enumerable.Range(0, map.Count).Select(feature => textOf(map.KeysOf(feature)))], skip, weighting,
            weighting == Weighting.Tf ? [] : saved.ReadArray<double>("inverse-frequencies", map.Count));
    }

    private void Know(string character) => _known.TryAdd(character, FirstKnown + _known.Count);

    private NgramPool Pool(string[] ngrams, bool isWords)
    {
        var pool = new NgramPool();
        foreach (string ngram in ngrams)
        {
            var numbers = ngram.Select(character => isWords && character == ' ' ? Separator : _known[character.ToString()]);
            if (ngram.Length == 0) pool.AddAbsent();
            else pool.Add(isWords ? [Separator, .. numbers, Separator] : numbers);
        }
        return pool;
    }

    /// <summary>The numbers of the characters of each column, normalized.</summary>
    private GraphValue[] Texts(GraphValue[] columns)
    {
        var table = new CharacterTable(Unknown);
        table.AddAll(NumberOf);
        return Array.ConvertAll(columns, column => NumberRows.Compact(_graph, table.EncodeHalves(_graph, column, _known)));
    }

    private long NumberOf(char c)
    {
        Span<char> room = stackalloc char[1];
        if (_normalizer.Normalize([c], room) == 0) return CharacterTable.None;
        return _known.GetValueOrDefault(room[0].ToString(), Unknown);
    }

    /// <summary>The characters between markers of the beginning and the end, with another marker between texts.</summary>
    private GraphValue Characters(GraphValue[] texts)
    {
        long start = _known[((char)CharacterKeys.TextStart).ToString()], end = _known[((char)CharacterKeys.TextEnd).ToString()], between = _known[((char)CharacterKeys.UnitSeparator).ToString()];
        List<GraphValue> parts = [];
        GraphValue? hasBefore = null;
        foreach (GraphValue text in texts)
        {
            GraphValue isText = _graph.Cast(NumberRows.HasAbove(_graph, text, 0), TensorType.Int64);
            if (hasBefore is not null)
            {
                // Texts that the normalizer leaves nothing of do not count; where it changes nothing, they do.
                GraphValue isBetween = _normalizer.ChangesNothing ? isText : _graph.Multiply(isText, hasBefore);
                parts.Add(_graph.Multiply(NumberRows.Same(_graph, text, between), isBetween));
            }
            parts.Add(text);
            hasBefore = hasBefore is null ? isText : _graph.Max(hasBefore, isText);
        }
        GraphValue first = NumberRows.Same(_graph, texts[0], start), last = NumberRows.Same(_graph, texts[0], end);
        // A text that is empty has no ends either, unless there are several.
        if (texts.Length == 1) (first, last) = (_graph.Multiply(first, hasBefore!), _graph.Multiply(last, hasBefore!));
        return NumberRows.Compact(_graph, _graph.Concat([first, .. parts, last]));
    }

    /// <summary>The words, a separator before each, and one after the last.</summary>
    private GraphValue Words(GraphValue[] texts)
    {
        GraphValue separator = _graph.Scalar(Separator);
        List<GraphValue> parts = [NumberRows.Same(_graph, texts[0], Separator)];
        foreach (GraphValue text in texts) parts.AddRange([text, NumberRows.Same(_graph, text, Separator)]);
        GraphValue all = _graph.Concat(parts);
        // Every separator is the same from here on.
        bool[] isSeparator = new bool[FirstKnown + _known.Count];
        foreach (char c in _separators) isSeparator[_known[c.ToString()]] = true;
        GraphValue known = _graph.Gather(_graph.Constant<bool>(isSeparator, isSeparator.Length), all);
        GraphValue text1 = NumberRows.Compact(_graph, _graph.Where(known, separator, all));
        GraphValue isRepeated = _graph.And(_graph.Equal(text1, separator), _graph.Equal(NumberRows.Before(_graph, text1), separator));
        return NumberRows.Compact(_graph, text1, _graph.And(_graph.Greater(text1, _graph.Scalar(0L)), _graph.Not(isRepeated)));
    }

    private GraphValue Weigh(Learned part, GraphValue counts, NormFunction? norm)
    {
        GraphValue one = _graph.Scalar(1f), zero = _graph.Scalar(0f);
        GraphValue values = part.Weighting switch
        {
            Weighting.Tf => counts,
            Weighting.Idf => _graph.Multiply(_graph.Min(counts, one), Frequencies(part)),
            _ => _graph.Multiply(counts, Frequencies(part)),
        };
        if (norm is null) return values;
        GraphValue size = norm switch
        {
            NormFunction.L1 => _graph.Reduce("ReduceL1", values),
            NormFunction.Infinity => _graph.Reduce("ReduceMax", _graph.Abs(values)),
            _ => _graph.Reduce("ReduceL2", values),
        };
        return _graph.Divide(values, _graph.Where(_graph.Greater(size, zero), size, one));
    }

    private GraphValue Frequencies(Learned part) =>
        _graph.Constant<float>(Array.ConvertAll(part.InverseFrequencies, frequency => (float)frequency), 1, part.InverseFrequencies.Length);
}
