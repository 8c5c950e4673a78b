using MLPipelines.Onnx.Graph;
using MLPipelines.Transforms.Text;
using Weighting = MLPipelines.Transforms.Text.NgramExtractingEstimator.WeightingCriteria;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Export.Text;

/// <summary>Steps over words: lists of texts, shorter ones filled up with empty texts.</summary>
internal static class TokenConverters
{
    /// <summary>Lower or upper case. Characters cannot be taken out of texts, nor exchanged.</summary>
    internal static void Normalize(StepExport step)
    {
        var settings = NormalizerSettings.Load(step.Saved);
        if (!settings.KeepDiacritics || !settings.KeepPunctuations || !settings.KeepNumbers)
            throw new NotExportableException("no operator takes diacritics, punctuation or numbers out of texts; keep them (keepDiacritics, keepPunctuations, keepNumbers), or use FeaturizeText, which is exported whole");
        var pair = TextColumns.LoadPair(step.Saved);
        GraphValue texts = step.Column(pair.InputColumnName);
        if (texts.Width != 1) throw new NotExportableException("its input is a vector of texts");
        if (settings.CaseMode == TextNormalizingEstimator.CaseMode.None)
        {
            step.Set(pair.OutputColumnName, texts);
            return;
        }
        string action = settings.CaseMode == TextNormalizingEstimator.CaseMode.Lower ? "LOWER" : "UPPER";
        GraphValue changed = step.Graph.Node("StringNormalizer", TensorType.String, [-1], [step.Graph.Reshape(texts, -1)], ("case_change_action", action), ("is_case_sensitive", 1), ("locale", "C.UTF-8"));
        step.Set(pair.OutputColumnName, step.Graph.Reshape(changed, -1, 1));
    }

    internal static void Words(StepExport step)
    {
        if (step.Saved.GetString("tokenizer") != SeparatorTokenizer.Id) throw new NotExportableException("words can only be told by separators");
        char[] separators = [.. step.Saved.Section("tokenizer-settings").GetInt32s("separators").Select(code => (char)code)];
        if (!separators.Contains(' ')) throw new NotExportableException("spaces around words are left out, which the operator does only where a space is a separator");
        var pair = TextColumns.LoadPair(step.Saved);
        GraphValue texts = step.Column(pair.InputColumnName);
        if (texts.Width != 1) throw new NotExportableException("its input is a vector of texts");
        step.Set(pair.OutputColumnName, step.Graph.Nodes("Tokenizer", OpsetVersions.MicrosoftDomain, [(TensorType.String, [-1, -1])], [step.Graph.Reshape(texts, -1)],
            ("mark", false), ("mincharnum", 1), ("pad_value", ""), ("separators", separators.Select(c => c.ToString()).ToArray()))[0]);
    }

    /// <summary>Other words move up. Case matters here, so that every spelling of a word with capitals in front or throughout stands in the table.</summary>
    internal static void RemoveStopWords(StepExport step)
    {
        GraphBuilder graph = step.Graph;
        graph.RequireOpset(11, "CumSum");
        var pair = TextColumns.LoadPair(step.Saved);
        GraphValue words = step.Column(pair.InputColumnName);
        string[] left = [.. step.Saved.ReadTexts("stop-words").SelectMany(Spellings).Append("").Distinct(StringComparer.Ordinal)];
        GraphValue keeps = graph.Greater(graph.Look(words, left, new long[left.Length], 1), graph.Scalar(0L));
        // Words are numbered by their places; those left are brought to the front, and places behind the last hold the text that is appended.
        GraphValue places = graph.Node("CumSum", TensorType.Int64, [-1, -1], [graph.Cast(graph.Or(keeps, graph.Not(keeps)), TensorType.Int64), graph.Scalar(1L)]);
        GraphValue moved = NumberRows.Compact(graph, graph.Where(keeps, places, graph.Scalar(0L)), keeps);
        GraphValue last = graph.Slice(graph.ShapeOf(words), 0, 1, 2);
        GraphValue from = graph.Where(graph.Greater(moved, graph.Scalar(0L)), graph.Subtract(moved, graph.Scalar(1L)), last);
        GraphValue extended = graph.Concat([words, graph.Repeat(graph.Constant([""], 1, 1), words)]);
        step.Set(pair.OutputColumnName, graph.Node("GatherElements", TensorType.String, [-1, -1], [extended, from], ("axis", 1)));
    }

    /// <summary>N-grams of keys; 0 is no key.</summary>
    internal static void Ngrams(StepExport step)
    {
        GraphBuilder graph = step.Graph;
        var pair = TextColumns.LoadPair(step.Saved);
        NgramMap map = NgramMap.Load(step.Saved);
        int skip = step.Saved.GetInt32("skipLength");
        if (skip > 0 && step.Saved.GetInt32("ngramLength") > 2) throw new NotExportableException("n-grams with gaps are only counted between two keys");
        var pool = new NgramPool();
        for (int feature = 0; feature < map.Count; feature++)
        {
            uint[] keys = map.KeysOf(feature);
            if (keys.Contains(0u)) throw new NotExportableException("an n-gram has a missing key, which cannot be told from the end of a row");
            pool.Add(keys.Select(key => (long)key));
        }
        GraphValue counts = pool.Count(graph, step.Column(pair.InputColumnName), skip);
        var weighting = step.Saved.GetEnum<Weighting>("weighting");
        if (weighting != Weighting.Tf)
        {
            float[] frequencies = Array.ConvertAll(step.Saved.ReadArray<double>("inverse-frequencies", map.Count), frequency => (float)frequency);
            GraphValue counted = weighting == Weighting.Idf ? graph.Min(counts, graph.Scalar(1f)) : counts;
            counts = graph.Multiply(counted, graph.Constant<float>(frequencies, 1, frequencies.Length));
        }
        step.Set(pair.OutputColumnName, counts);
    }

    /// <summary>The smallest, the mean and the largest number of the vectors of a row's words.</summary>
    internal static void Embed(StepExport step) => step.SetEach((words, _, saved) =>
    {
        GraphBuilder graph = step.Graph;
        string[] known = [.. saved.ReadTexts("terms")];
        int dimension = saved.GetInt32("dimension");
        float[] vectors = saved.ReadArray<float>("vectors", known.Length, dimension);
        GraphValue keys = graph.Look(words, known, [.. Enumerable.Range(1, known.Length).Select(key => (long)key)], 0);
        // A place more, so that no row is without; it is as unknown as other words are.
        keys = graph.Concat([keys, NumberRows.Same(graph, words, 0)]);
        GraphValue isKnown = graph.Unsqueeze(graph.Greater(keys, graph.Scalar(0L)), 2);
        GraphValue found = graph.Gather(graph.Constant<float>([.. new float[dimension], .. vectors], known.Length + 1, dimension), keys);
        GraphValue number = graph.ReduceSum(graph.Cast(isKnown, TensorType.Float), keepsAxis: false);
        GraphValue any = graph.Greater(number, graph.Scalar(0f)), zero = graph.Scalar(0f);
        GraphValue least = graph.Reduce("ReduceMin", graph.Where(isKnown, found, graph.Scalar(float.PositiveInfinity)), keepsAxis: false);
        GraphValue most = graph.Reduce("ReduceMax", graph.Where(isKnown, found, graph.Scalar(float.NegativeInfinity)), keepsAxis: false);
        GraphValue mean = graph.Divide(graph.ReduceSum(found, keepsAxis: false), graph.Max(number, graph.Scalar(1f)));
        return graph.Concat([graph.Where(any, least, zero), mean, graph.Where(any, most, zero)]);
    });

    private static IEnumerable<string> Spellings(string word)
    {
        string upper = word.ToUpperInvariant();
        yield return word;
        yield return upper;
        yield return string.Concat(upper.AsSpan(0, 1), word.AsSpan(1));
        if (!word.Contains('\'', StringComparison.Ordinal)) yield break;
        foreach (string spelling in Spellings(word.Replace('\'', '\u2019'))) yield return spelling;
    }
}
