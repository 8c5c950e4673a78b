namespace MLPipelines.Data;

/// <summary>Says which fields of a text file a property or field is read from, by zero-based index.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class LoadColumnAttribute : Attribute
{
    /// <param name="fieldIndex">The index of the one field.</param>
    public LoadColumnAttribute(int fieldIndex) => Sources = [new TextLoader.Range(fieldIndex)];

    /// <param name="start">The index of the first field of a vector.</param>
    /// <param name="end">The index of its last field.</param>
    public LoadColumnAttribute(int start, int end) => Sources = [new TextLoader.Range(start, end)];

    /// <param name="columnIndexes">The indices of the fields of a vector, each once.</param>
    public LoadColumnAttribute(int[] columnIndexes)
    {
        ArgumentNullException.ThrowIfNull(columnIndexes);
        Sources = Array.ConvertAll(columnIndexes, index => new TextLoader.Range(index));
    }

    internal TextLoader.Range[] Sources { get; }
}
