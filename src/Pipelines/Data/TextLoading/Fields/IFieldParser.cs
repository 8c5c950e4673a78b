namespace MLPipelines.Data;

/// <summary>Reads the value of one field. Implemented by structs, so that each column's loop is compiled for its parser.</summary>
internal interface IFieldParser<T>
{
    /// <param name="text">The field; empty also when the row is too short to have it.</param>
    /// <param name="value">The value.</param>
    /// <returns>Whether the text stands for a value, or for a missing one.</returns>
    bool TryParse(ReadOnlySpan<char> text, out T value);
}

/// <summary>The texts that stand for a missing number: empty or white space is decided by each parser.</summary>
internal static class MissingTexts
{
    internal static bool Contains(ReadOnlySpan<char> trimmed) => trimmed.Length switch
    {
        1 => trimmed[0] == '?',
        2 => trimmed.Equals("na", StringComparison.OrdinalIgnoreCase),
        3 => trimmed.Equals("nan", StringComparison.OrdinalIgnoreCase) || trimmed.Equals("n/a", StringComparison.OrdinalIgnoreCase),
        4 => trimmed.Equals("null", StringComparison.OrdinalIgnoreCase) || trimmed.Equals("none", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };
}
