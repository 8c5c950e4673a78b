namespace MLPipelines;

/// <summary>The name of a column that is made and of the column that it is made from.</summary>
public sealed class InputOutputColumnPair
{
    /// <param name="outputColumnName">The column that is made; it replaces an input column of the same name.</param>
    /// <param name="inputColumnName">The column that it is made from; the same name when it is left out.</param>
    public InputOutputColumnPair(string outputColumnName, string? inputColumnName = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        (OutputColumnName, InputColumnName) = (outputColumnName, inputColumnName ?? outputColumnName);
    }

    public string InputColumnName { get; }

    public string OutputColumnName { get; }
}
