using System.Runtime.CompilerServices;

namespace MLPipelines.Transforms.Text;

/// <summary>Cuts text at given characters. Spaces around tokens are left out, and so are empty tokens.</summary>
internal sealed class SeparatorTokenizer : ITextTokenizer
{
    internal const string Id = "separators";

    private readonly char[] _separators;

    internal SeparatorTokenizer(char[]? separators)
    {
        if (separators is { Length: 0 }) throw new ArgumentException("At least one separator is needed; null stands for a space.", nameof(separators));
        _separators = (char[]?)separators?.Clone() ?? [' '];
    }

    internal static SeparatorTokenizer AtSpaces { get; } = new(null);

    public string TypeId => Id;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Tokenize(ReadOnlySpan<char> text, TokenRanges tokens)
    {
        int start = 0;
        while (start < text.Length)
        {
            ReadOnlySpan<char> rest = text[start..];
            int length = _separators.Length == 1 ? rest.IndexOf(_separators[0]) : rest.IndexOfAny(_separators);
            if (length < 0) length = rest.Length;
            int first = start, end = start + length;
            while (first < end && text[first] == ' ') first++;
            while (first < end && text[end - 1] == ' ') end--;
            if (first < end) tokens.Add(first, end - first);
            start += length + 1;
        }
    }

    public void Save(ModelStepWriter writer) => writer.Set("separators", _separators.Select(c => (int)c).ToArray());

    internal static SeparatorTokenizer Load(ModelStepReader reader)
    {
        IReadOnlyList<int> codes = reader.GetInt32s("separators");
        return codes.Count > 0 && codes.All(c => c is >= 0 and <= char.MaxValue) ? new SeparatorTokenizer([.. codes.Select(c => (char)c)])
            : throw reader.Invalid("its separators are not UTF-16 characters");
    }
}
