using MLPipelines.Data;

namespace MLPipelines;

/// <summary>The settings of a <see cref="PredictionEngine{TSrc, TDst}"/>.</summary>
public sealed class PredictionEngineOptions
{
    /// <summary>Whether members of the output class that the model gives no column for keep their defaults.</summary>
    public bool IgnoreMissingColumns = true;

    /// <summary>Which members of the input class are which columns; <see langword="null"/> for what their attributes say.</summary>
    public SchemaDefinition? InputSchemaDefinition;

    /// <summary>Which members of the output class are read from which columns; <see langword="null"/> for what their attributes say.</summary>
    public SchemaDefinition? OutputSchemaDefinition;

    /// <summary>Kept so that code for ML.NET compiles; models here hold nothing that needs freeing.</summary>
    public bool OwnsTransformer = true;
}
