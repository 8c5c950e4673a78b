using System.Globalization;

namespace MLPipelines.Server;

/// <summary>How a model is asked for: <c>name</c>, <c>name@2</c> for a version, or <c>name@production</c> for what an alias stands for.</summary>
internal static class ModelReference
{
    private const int LongestName = 128;

    /// <summary>Whether a text can be the name of a model: letters, digits and . - _ that do not begin with a dot, so that no name leads out of a folder.</summary>
    internal static bool IsName(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > LongestName || name[0] == '.') return false;
        foreach (char c in name)
            if (!char.IsLetterOrDigit(c) && c is not ('-' or '_' or '.')) return false;
        return true;
    }

    /// <summary>The name and version that a file is called by: <c>name.zip</c> is version 1 of <c>name</c>, <c>name@2.zip</c> version 2.</summary>
    /// <returns>Whether the file name is one of a model.</returns>
    internal static bool TryParseFile(string fileName, out string name, out int version, out bool isNumbered)
    {
        (name, version, isNumbered) = ("", 1, false);
        if (!fileName.EndsWith(".zip", StringComparison.OrdinalIgnoreCase)) return false;
        string stem = fileName[..^4];
        int at = stem.LastIndexOf('@');
        isNumbered = at >= 0;
        if (isNumbered && !TryParseVersion(stem.AsSpan(at + 1), out version)) return false;
        name = isNumbered ? stem[..at] : stem;
        return IsName(name);
    }

    /// <summary>A whole number from 1 on, written without zeros before it.</summary>
    internal static bool TryParseVersion(ReadOnlySpan<char> text, out int version) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out version) && version > 0 && text[0] != '0';
}
