using System.Text;
using MLPipelines.Onnx.Graph;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Export.Text;

/// <summary>
/// Numbers for the characters of texts. ONNX has no operator for the code of a character: a text is cut into characters, and a table gives each its number.
/// What texts are folded to, lower case among it, is in the table: it names every character that folds to a known one.
/// </summary>
/// <param name="unknown">The number of characters that are not in the table.</param>
internal sealed class CharacterTable(long unknown)
{
    /// <summary>Stands for no character: one that is left out, or that fills up a shorter row.</summary>
    internal const long None = 0;

    // Longer than a character, so that no text has it.
    private const string Padding = "<pad>";

    private readonly List<string> _characters = [Padding];
    private readonly List<long> _numbers = [None];

    /// <summary>Gives every character of the 16-bit plane its number; those of the number for unknown ones need no place.</summary>
    internal void AddAll(Func<char, long> numberOf)
    {
        for (int code = 0; code <= char.MaxValue; code++)
        {
            // The runtime's texts end at a character 0.
            if (code == 0 || char.IsSurrogate((char)code)) continue;
            Add(((char)code).ToString(), numberOf((char)code));
        }
    }

    internal void Add(string character, long number)
    {
        if (number == unknown) return;
        _characters.Add(character);
        _numbers.Add(number);
    }

    /// <summary>The numbers of the characters of texts, [rows, length of the longest]; shorter ones end in <see cref="None"/>.</summary>
    internal GraphValue Encode(GraphBuilder graph, GraphValue texts) => graph.Look(Characters(graph, texts), _characters, _numbers, unknown);

    private static GraphValue Characters(GraphBuilder graph, GraphValue texts) => graph.Nodes(
        "Tokenizer", OpsetVersions.MicrosoftDomain, [(TensorType.String, [-1, -1])], [graph.Reshape(texts, -1)],
        ("mark", false), ("mincharnum", 1), ("pad_value", Padding), ("separators", new[] { "" }))[0];

    /// <summary>
    /// The numbers of UTF-16 characters: those beyond 16 bits have two. Of each first half that has a number, all pairs are in the table; of other pairs both
    /// halves are one unknown character.
    /// </summary>
    internal GraphValue EncodeHalves(GraphBuilder graph, GraphValue texts, IReadOnlyDictionary<string, long> halves)
    {
        var second = new CharacterTable(None);
        foreach (var (half, number) in halves)
        {
            if (!char.IsHighSurrogate(half[0])) continue;
            for (char low = '\uDC00'; low <= '\uDFFF'; low++)
            {
                string pair = new([half[0], low]);
                Add(pair, number);
                second.Add(pair, halves.GetValueOrDefault(low.ToString(), unknown));
            }
        }
        GraphValue characters = Characters(graph, texts);
        GraphValue first = graph.Look(characters, _characters, _numbers, unknown);
        if (second._characters.Count == 1) return first;
        GraphValue pairs = graph.Concat([graph.Unsqueeze(first, 2), graph.Unsqueeze(graph.Look(characters, second._characters, second._numbers, None), 2)], axis: 2);
        return NumberRows.Flatten(graph, pairs);
    }

    /// <summary>The characters of a text as the table has them; <see langword="null"/> for one that no runtime can be given, as half of a pair alone.</summary>
    internal static IReadOnlyList<string>? Split(string text)
    {
        var characters = new List<string>(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                characters.Add(text[i].ToString());
                continue;
            }
            if (!Rune.TryGetRuneAt(text, i, out Rune rune)) return null;
            characters.Add(rune.ToString());
            i++;
        }
        return characters;
    }
}
