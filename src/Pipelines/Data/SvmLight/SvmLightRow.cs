using System.Globalization;

namespace MLPipelines.Data;

/// <summary>Takes the rows of SVM-light files apart.</summary>
internal sealed class SvmLightRow(SvmLightLoader.FeatureIndices indices)
{
    private static readonly SingleParser Numbers = new('.', emptyIsNaN: true);


    internal float Label { get; private set; }

    internal float Weight { get; private set; }

    internal ulong GroupId { get; private set; }

    /// <summary>Goes to the next row of a file that is not only a comment.</summary>
    internal static bool MoveNext(TextFile file)
    {
        while (file.ReadRow())
            if (file.Reader.RawRow.Trim() is { IsEmpty: false } row && row[0] != '#') return true;
        return false;
    }

    internal static ReadOnlySpan<char> CommentOf(ReadOnlySpan<char> row) => row.Trim() is var text && text.IndexOf('#') is >= 0 and var mark ? text[(mark + 1)..] : default;

    /// <summary>Takes what is no feature, and hands over each feature: its index or name, and its value.</summary>
    internal void Read(TextFile file, FeatureAction action)
    {
        ReadOnlySpan<char> row = file.Reader.RawRow;
        if (row.IndexOf('#') is >= 0 and var mark) row = row[..mark];
        (Weight, GroupId) = (1, 0);
        bool isFirst = true;
        foreach (Range part in row.SplitAny(' ', '\t'))
        {
            ReadOnlySpan<char> token = row[part].Trim();
            if (token.IsEmpty) continue;
            if (isFirst) Label = Number(token, token, file);
            else ReadItem(token, file, action);
            isFirst = false;
        }
    }

    internal delegate void FeatureAction(int index, ReadOnlySpan<char> name, float value);

    private void ReadItem(ReadOnlySpan<char> token, TextFile file, FeatureAction action)
    {
        int colon = token.LastIndexOf(':');
        if (colon < 1) throw Wrong(file, token, "index:value");
        ReadOnlySpan<char> name = token[..colon], value = token[(colon + 1)..];
        switch (name)
        {
            case "cost": Weight = Number(value, token, file); break;
            case "qid":
                if (!long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long group)) throw Wrong(file, token, "a whole number after qid");
                GroupId = group < 0 ? 0 : (ulong)group + 1;
                break;
            case "sid": break;
            default: action(IndexOf(name, token, file), name, Number(value, token, file)); break;
        }
    }

    private int IndexOf(ReadOnlySpan<char> name, ReadOnlySpan<char> token, TextFile file)
    {
        if (indices == SvmLightLoader.FeatureIndices.Names) return -1;
        int first = indices == SvmLightLoader.FeatureIndices.OneBased ? 1 : 0;
        if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int index)) throw Wrong(file, token, "an index before the colon. If features have names, use LoadFromSvmLightFileWithFeatureNames");
        return index >= first ? index - first : throw Wrong(file, token, "indices from 1 on. If they start at 0, pass zeroBased: true");
    }

    private float Number(ReadOnlySpan<char> text, ReadOnlySpan<char> token, TextFile file) =>
        !text.IsEmpty && Numbers.TryParse(text, out float value) ? value : throw Wrong(file, token, "a number");

    internal MLPipelinesException Wrong(TextFile file, ReadOnlySpan<char> found, string expected) =>
        new($"{TextFileErrors.Place(file.Name, file.Reader)}: found {TextFileErrors.Shown(found)}, expected {expected}.");
}

/// <summary>What a sample of the data tells: how many features there are, and their names.</summary>
internal sealed class SvmLightSample(SvmLightLoader.FeatureIndices indices, Dictionary<string, int>? names)
{
    internal static readonly TextFormat Format = new("\t", Quoting: false);

    internal int FeatureCount { get; private set; }

    /// <exception cref="MLPipelinesException">The sample has no features.</exception>
    internal void Read(IMultiStreamSource source, long rows)
    {
        var row = new SvmLightRow(indices);
        for (int i = 0; i < source.Count; i++)
        {
            using TextFile file = TextFile.Open(source, i, Format);
            for (; rows > 0 && SvmLightRow.MoveNext(file); rows--) row.Read(file, Take);
        }
        if (FeatureCount == 0) throw new MLPipelinesException($"{source.GetPathOrNull(0) ?? "The data"}: found no features, expected rows such as: 1 3:0.5 7:2.");
    }

    private void Take(int index, ReadOnlySpan<char> name, float value)
    {
        if (names is not null) FeatureCount = names.TryAdd(name.ToString(), names.Count) ? names.Count : FeatureCount;
        else FeatureCount = Math.Max(FeatureCount, checked(index + 1));
    }
}
