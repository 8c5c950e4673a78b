using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>What every trainer asks of its feature column.</summary>
internal static class FeatureColumn
{
    /// <exception cref="ArgumentOutOfRangeException">The column is absent, or is no vector of <see cref="float"/> of known size.</exception>
    internal static void Check(SchemaShape schema, string name, string trainer)
    {
        SchemaShape.Column features = schema.Require(name, trainer);
        if (features.Kind != SchemaShape.Column.VectorKind.Vector || features.IsKey || !features.ItemType.Equals(NumberDataViewType.Single))
            throw new ArgumentOutOfRangeException(nameof(schema),
                $"{trainer}: column '{name}' is {features.GetTypeString()}, expected Vector<Single>. Concatenate makes one out of numeric columns.");
    }
}
