namespace MLPipelines.Transforms.Text;

/// <summary>The n-grams that a vectorizer knows, view by view, each with its weight. Immutable.</summary>
internal sealed class NgramVocabulary
{
    private readonly string[][] _terms;

    /// <param name="views">The views.</param>
    /// <param name="terms">The n-grams of each view, in feature order.</param>
    /// <param name="weights">The weight of each n-gram, over all views.</param>
    internal NgramVocabulary(IReadOnlyList<NgramView> views, string[][] terms, float[] weights)
    {
        if (views.Count == 0 || terms.Length != views.Count || terms.Sum(list => list.Length) != weights.Length || weights.Length == 0)
            throw new ArgumentException($"{views.Count} views need as many lists of n-grams, with {weights.Length} n-grams altogether and at least one.", nameof(terms));
        foreach (NgramView view in views) view.Check();
        (Views, _terms, Weights) = ([.. views], terms, weights);
        Table = new NgramTable(weights.Length);
        ViewEnds = new int[views.Count];
        for (int view = 0; view < terms.Length; view++)
        {
            foreach (string term in terms[view])
            {
                Table.FindOrAdd(NgramExtractor.Hash(view, term), out bool added);
                if (!added) throw new ArgumentException($"The n-gram '{term}' occurs twice.", nameof(terms));
            }
            ViewEnds[view] = Table.Count;
        }
    }

    internal NgramView[] Views { get; }

    internal float[] Weights { get; }

    /// <summary>The number of features of the views up to and with each.</summary>
    internal int[] ViewEnds { get; }

    internal NgramTable Table { get; }

    internal int Count => Weights.Length;

    internal IEnumerable<string> SlotNames() => _terms.SelectMany((list, view) => list.Select(term => Views.Length == 1 ? term : $"{Prefix(Views[view].Unit)}.{term}"));

    private static string Prefix(NgramUnit unit) => unit == NgramUnit.Word ? "Word" : "Char";

    internal void Save(ModelStepWriter writer)
    {
        writer.Set("units", Views.Select(view => view.Unit.ToString()));
        writer.Set("minimumLengths", Views.Select(view => view.MinimumLength));
        writer.Set("maximumLengths", Views.Select(view => view.MaximumLength));
        writer.Set("markEnds", Views.Select(view => view.MarkEnds ? 1 : 0));
        for (int view = 0; view < Views.Length; view++) writer.WriteTexts($"terms-{view + 1}", _terms[view]);
        writer.WriteArray<float>("weights", Weights, Weights.Length);
    }

    internal static NgramVocabulary Load(ModelStepReader reader)
    {
        var units = reader.GetStrings("units");
        var minimums = reader.GetInt32s("minimumLengths");
        var maximums = reader.GetInt32s("maximumLengths");
        var marks = reader.GetInt32s("markEnds");
        if (minimums.Count != units.Count || maximums.Count != units.Count || marks.Count != units.Count) throw reader.Invalid("its views have units and lengths of different number");
        NgramView[] views = [.. units.Select((unit, i) => new NgramView(
            Enum.TryParse(unit, out NgramUnit parsed) && Enum.IsDefined(parsed) ? parsed : throw reader.Invalid($"'{unit}' is not a unit of n-grams"),
            minimums[i], maximums[i], marks[i] != 0))];
        string[][] terms = [.. views.Select((_, i) => reader.ReadTexts($"terms-{i + 1}").ToArray())];
        return new NgramVocabulary(views, terms, reader.ReadArray<float>("weights", terms.Sum(list => list.Length)));
    }
}
