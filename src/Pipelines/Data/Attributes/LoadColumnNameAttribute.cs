namespace MLPipelines.Data;

/// <summary>
/// Says which fields a property or field is read from, by name: the header cells of a text file, which must then have a header.
/// </summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class LoadColumnNameAttribute : Attribute
{
    /// <param name="fieldName">The name of the one field.</param>
    public LoadColumnNameAttribute(string fieldName) => Sources = [fieldName];

    /// <param name="fieldNames">The names of the fields of a vector, each once.</param>
    public LoadColumnNameAttribute(params string[] fieldNames)
    {
        ArgumentNullException.ThrowIfNull(fieldNames);
        Sources = [.. fieldNames];
    }

    internal IReadOnlyList<string> Sources { get; }
}
