using MLPipelines.Onnx.Graph;
using MLPipelines.Transforms.Text;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Export.Text;

/// <summary>
/// N-grams of words and characters. Texts become rows of numbers, one per character; spaces are brought to one, and n-grams of
/// either kind are counted as sequences of these: a word stands between two spaces.
/// </summary>
internal sealed class TextVectorizerConverter
{
    private const long Space = 1, Letter = 2, Picture = 3, Symbol = 4, TextStart = 5, TextEnd = 6, FirstKnown = 7;

    private readonly GraphBuilder _graph;
    private readonly NgramVocabulary _vocabulary;
    private readonly Dictionary<string, long> _known = new(StringComparer.Ordinal);
    private readonly List<long> _kinds = [CharacterTable.None, Space, Letter, Picture, Symbol, Space, Space];
    private readonly bool _hasWords;

    private TextVectorizerConverter(GraphBuilder graph, NgramVocabulary vocabulary)
    {
        (_graph, _vocabulary) = (graph, vocabulary);
        _hasWords = vocabulary.Views.Any(view => view.Unit == NgramUnit.Word);
    }

    internal static void Convert(StepExport step)
    {
        var vectorizer = (TextVectorizer)step.Transformer;
        var converter = new TextVectorizerConverter(step.Graph, vectorizer.Vocabulary);
        step.Set(step.Saved.GetString("output"), converter.Features(step, [.. vectorizer.InputColumnNames.Select(step.Column)]));
    }

    private GraphValue Features(StepExport step, IReadOnlyList<GraphValue> columns)
    {
        string[][] terms = [.. _vocabulary.Views.Select((_, view) => step.Saved.ReadTexts($"terms-{view + 1}").ToArray())];
        foreach (string character in terms.SelectMany(list => list).SelectMany(term => CharacterTable.Split(term) ?? []).Where(character => character != " ")) Know(character);
        GraphValue text = Text(columns);
        List<GraphValue> parts = [];
        int offset = 0;
        for (int view = 0; view < terms.Length; offset += terms[view++].Length)
        {
            if (terms[view].Length == 0) continue;
            NgramView shape = _vocabulary.Views[view];
            bool isWords = shape.Unit == NgramUnit.Word;
            var pool = new NgramPool();
            foreach (string term in terms[view])
            {
                if (Numbers(term, isWords) is { } numbers) pool.Add(isWords ? [Space, .. numbers, Space] : numbers);
                else pool.AddAbsent();
            }
            parts.Add(Weigh(pool.Count(_graph, isWords ? Words(text, shape.MarkEnds) : text), _vocabulary.Weights.AsSpan(offset, terms[view].Length)));
        }
        return ToUnitLength(parts);
    }

    /// <summary>The characters, between spaces, with one space for a run of them.</summary>
    private GraphValue Text(IReadOnlyList<GraphValue> columns)
    {
        var table = new CharacterTable(Picture);
        table.AddAll(NumberOf);
        foreach (var (character, number) in _known)
            if (character.Length > 1) table.Add(character, number);
        List<GraphValue> parts = [NumberRows.Same(_graph, columns[0], Space)];
        foreach (GraphValue column in columns) parts.AddRange([table.Encode(_graph, column), NumberRows.Same(_graph, column, Space)]);
        GraphValue text = NumberRows.Compact(_graph, _graph.Concat(parts)), space = _graph.Scalar(Space);
        GraphValue isRepeated = _graph.And(_graph.Equal(text, space), _graph.Equal(NumberRows.Before(_graph, text), space));
        return NumberRows.Compact(_graph, text, _graph.And(_graph.Greater(text, _graph.Scalar(0L)), _graph.Not(isRepeated)));
    }

    /// <summary>The characters of words alone: a space before each word, and one after the last.</summary>
    private GraphValue Words(GraphValue text, bool marksEnds)
    {
        GraphValue kinds = _graph.Gather(_graph.Constant<long>([.. _kinds], _kinds.Count), text);
        GraphValue letter = _graph.Scalar(Letter), zero = _graph.Scalar(0L);
        GraphValue isLetter = _graph.Equal(kinds, letter), isInside = _graph.Or(isLetter, _graph.Equal(kinds, _graph.Scalar(Picture)));
        GraphValue goesOn = _graph.And(isLetter, _graph.Equal(NumberRows.Before(_graph, kinds), letter));
        GraphValue spaces = _graph.Where(_graph.And(isInside, _graph.Not(goesOn)), _graph.Scalar(Space), zero);
        GraphValue pairs = _graph.Concat([_graph.Unsqueeze(spaces, 2), _graph.Unsqueeze(_graph.Where(isInside, text, zero), 2)], axis: 2);
        GraphValue words = NumberRows.Flatten(_graph, pairs);
        GraphValue start = NumberRows.Same(_graph, text, Space, TextStart), end = NumberRows.Same(_graph, text, Space, TextEnd);
        if (marksEnds)
        {
            // A text of nothing but spaces has no ends.
            GraphValue isText = _graph.Cast(NumberRows.HasAbove(_graph, text, Space), TensorType.Int64);
            words = _graph.Concat([_graph.Multiply(start, isText), words, _graph.Multiply(end, isText)]);
        }
        return NumberRows.Compact(_graph, _graph.Concat([words, NumberRows.Same(_graph, text, Space)]));
    }

    /// <summary>(1 + ln n) · weight for what occurs n times.</summary>
    private GraphValue Weigh(GraphValue counts, ReadOnlySpan<float> weights)
    {
        GraphValue one = _graph.Scalar(1f);
        GraphValue damped = _graph.Add(_graph.Log(_graph.Max(counts, one)), _graph.Min(counts, one));
        return _graph.Multiply(damped, _graph.Constant(weights, 1, weights.Length));
    }

    /// <summary>Each part to length 1, and then the whole.</summary>
    private GraphValue ToUnitLength(List<GraphValue> parts)
    {
        GraphValue one = _graph.Scalar(1f), zero = _graph.Scalar(0f);
        GraphValue? count = null;
        for (int i = 0; i < parts.Count; i++)
        {
            GraphValue length = _graph.Reduce("ReduceL2", parts[i]), isThere = _graph.Greater(length, zero), counted = _graph.Cast(isThere, TensorType.Float);
            parts[i] = _graph.Divide(parts[i], _graph.Where(isThere, length, one));
            count = count is null ? counted : _graph.Add(count, counted);
        }
        GraphValue all = _graph.Concat(parts);
        return parts.Count == 1 ? all : _graph.Divide(all, _graph.Sqrt(_graph.Max(count!, one)));
    }

    private List<long>? Numbers(string term, bool isWords) => CharacterTable.Split(term)?.Select(character => character switch
    {
        " " => Space,
        "⟨" when isWords => TextStart,
        "⟩" when isWords => TextEnd,
        _ => _known[character],
    }).ToList();

    private void Know(string character)
    {
        if (!_known.TryAdd(character, FirstKnown + _known.Count)) return;
        _kinds.Add(character.Length > 1 ? Picture : KindOf(character[0]));
    }

    /// <summary>The number of a character by what it is folded to; where only n-grams of characters count, all unknown ones are the same.</summary>
    private long NumberOf(char c)
    {
        Span<char> room = stackalloc char[4];
        ReadOnlySpan<char> folded = room[..NgramFolding.Fold([c], room)];
        if (folded.Length > 1) return _known.TryGetValue(folded[1].ToString(), out long known) ? known : _hasWords ? KindOf(folded[1]) : Picture;
        // A space separates; what is not seen does not.
        return NgramFolding.Fold(['x', c, 'x'], stackalloc char[6]) == 4 ? CharacterTable.None : Space;
    }

    private static long KindOf(char c) => CharacterClasses.KindOf(c) switch
    {
        CharacterKind.Letter => Letter,
        CharacterKind.Symbol => Symbol,
        CharacterKind.Space => Space,
        _ => Picture,
    };
}
