namespace MLPipelines.Data;

/// <summary>Names the column that a property or field stands for, where the two differ.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class ColumnNameAttribute(string name) : Attribute
{
    /// <summary>The name of the column.</summary>
    public string Name { get; } = name;
}
