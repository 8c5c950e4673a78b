namespace MLPipelines.Data;

/// <summary>Says what the objects of a member are; the column that the member stands for has that type.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public abstract class DataViewTypeAttribute : Attribute
{
    private protected DataViewTypeAttribute() { }

    /// <summary>The type of the column.</summary>
    internal abstract ObjectDataViewType ColumnType { get; }
}
