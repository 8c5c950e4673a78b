using System.Globalization;

namespace MLPipelines.Transforms.Text;

/// <summary>Cuts text that lists terms with how often they occur, such as <c>apple:3,pear:1</c>; a term is given as many times.</summary>
internal sealed class WeightedTermsTokenizer(char termSeparator, char frequencySeparator) : ITextTokenizer
{
    internal const string Id = "weighted-terms";

    public string TypeId => Id;

    public void Tokenize(ReadOnlySpan<char> text, TokenRanges tokens)
    {
        foreach (Range range in text.Split(termSeparator))
        {
            (int start, int length) = range.GetOffsetAndLength(text.Length);
            ReadOnlySpan<char> entry = text.Slice(start, length);
            int end = entry.IndexOf(frequencySeparator), times = 1;
            // What has no number, or more than one, counts once.
            if (end >= 0 && entry[(end + 1)..].IndexOf(frequencySeparator) < 0 && !int.TryParse(entry[(end + 1)..], NumberStyles.Integer, CultureInfo.InvariantCulture, out times))
                throw new MLPipelinesException($"Found \"{entry}\"; expected a term, '{frequencySeparator}', and how often it occurs.");
            int first = tokens.Count;
            SeparatorTokenizer.AtSpaces.Tokenize(entry[..(end < 0 ? length : end)], tokens);
            tokens.Shift(first, start);
            int last = tokens.Count;
            for (int i = 1; i < times; i++)
                for (int token = first; token < last; token++) tokens.Add(tokens[token].Start, tokens[token].Length);
            if (times <= 0) tokens.Truncate(first);
        }
    }

    public void Save(ModelStepWriter writer)
    {
        writer.Set("termSeparator", (int)termSeparator);
        writer.Set("frequencySeparator", (int)frequencySeparator);
    }

    internal static WeightedTermsTokenizer Load(ModelStepReader reader) => new((char)reader.GetInt32("termSeparator"), (char)reader.GetInt32("frequencySeparator"));
}
