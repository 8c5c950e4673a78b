using System.Text;

namespace MLPipelines.Scenarios.TextGeneration;

/// <summary>
/// A text with named slots, <c>{{name}}</c>: names are of letters, digits, <c>_</c>, <c>-</c> and <c>.</c>; spaces around them do not count. <c>\{{</c> stands for braces that are no slot. It is
/// parsed once and does not change.
/// </summary>
public sealed class PromptTemplate
{
    private readonly List<(string Text, bool IsSlot)> _parts = [];
    private readonly List<string> _slots = [];

    private PromptTemplate(string text, string name)
    {
        var literal = new StringBuilder();
        for (int at = 0; at < text.Length;)
        {
            ReadOnlySpan<char> rest = text.AsSpan(at);
            if (rest.StartsWith(@"\{{"))
            {
                literal.Append("{{");
                at += 3;
            }
            else if (rest.StartsWith("{{"))
            {
                int end = rest.IndexOf("}}");
                string slot = end < 0 ? "" : rest[2..end].Trim().ToString();
                if (slot.Length == 0 || !slot.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.'))
                    throw new MLPipelinesException($"{name}, line {1 + text.AsSpan(0, at).Count('\n')}: found '{Start(rest)}', expected a slot such as {{{{name}}}}. Braces that are no slot are written \\{{{{.");
                Flush(literal);
                _parts.Add((slot, IsSlot: true));
                if (!_slots.Contains(slot)) _slots.Add(slot);
                at += end + 2;
            }
            else
            {
                literal.Append(text[at++]);
            }
        }
        Flush(literal);
    }

    /// <summary>The names of the slots, in the order in which they first appear.</summary>
    public IReadOnlyList<string> Slots => _slots;

    /// <summary>Parses a template.</summary>
    /// <param name="text">The text with its slots.</param>
    /// <exception cref="MLPipelinesException">A slot is not closed, or its name is not one; the message says in which line.</exception>
    public static PromptTemplate Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new PromptTemplate(text, "The template");
    }

    /// <summary>Parses the template that a file holds, in UTF-8; the line break that files end in does not belong to it.</summary>
    /// <inheritdoc cref="Parse"/>
    /// <param name="path">The file.</param>
    public static PromptTemplate Load(string path)
    {
        string text = File.ReadAllText(path).ReplaceLineEndings("\n");
        return new PromptTemplate(text.EndsWith('\n') ? text[..^1] : text, path);
    }

    /// <summary>The text with values in its slots, as they are: braces within them are no slots.</summary>
    /// <param name="values">A value for each slot, by its name.</param>
    /// <exception cref="MLPipelinesException">A slot has no value, or a value no slot; the message names all of them.</exception>
    public string Fill(IEnumerable<KeyValuePair<string, string>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var given = new Dictionary<string, string>(values, StringComparer.Ordinal);
        string[] missing = [.. _slots.Where(slot => !given.TryGetValue(slot, out string? value) || value is null)], unknown = [.. given.Keys.Where(name => !_slots.Contains(name)).Order(StringComparer.Ordinal)];
        if (unknown.Length > 0) throw new MLPipelinesException($"The template has no {Slot(unknown)}; {(_slots.Count == 0 ? "it has no slots" : $"its slots are {string.Join(", ", _slots)}")}.");
        if (missing.Length > 0) throw new MLPipelinesException($"The template's {Slot(missing)} {(missing.Length == 1 ? "has" : "have")} no value.");
        var text = new StringBuilder();
        foreach (var (part, isSlot) in _parts) text.Append(isSlot ? given[part] : part);
        return text.ToString();
    }

    /// <inheritdoc cref="Fill(IEnumerable{KeyValuePair{string, string}})"/>
    public string Fill(params IReadOnlyList<(string Slot, string Value)> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Fill(values.Select(value => KeyValuePair.Create(value.Slot, value.Value)));
    }

    private void Flush(StringBuilder literal)
    {
        if (literal.Length > 0) _parts.Add((literal.ToString(), IsSlot: false));
        literal.Clear();
    }

    private static string Slot(string[] names) => $"slot{(names.Length == 1 ? "" : "s")} {string.Join(", ", names.Select(name => $"'{name}'"))}";

    private static string Start(ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAny('\n', '\r');
        if (end >= 0) text = text[..end];
        return text.Length <= 30 ? text.ToString() : $"{text[..29]}…";
    }
}
