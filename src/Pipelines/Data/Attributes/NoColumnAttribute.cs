namespace MLPipelines.Data;

/// <summary>Marks a property or field that is no column.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class NoColumnAttribute : Attribute;
