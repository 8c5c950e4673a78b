using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>
/// Averages what several models predict into one prediction, each model with a weight of its own. For classes the probabilities are averaged, for
/// numbers the scores. Nothing is learned but what the classes are called.
/// </summary>
/// <remarks>
/// The weights of a blend are best found on rows that the models did not learn from, such as by greedy selection (Caruana et al. 2004,
/// Ensemble selection from libraries of models). With a single column it makes a prediction of classes out of the probability of the second of two.
/// </remarks>
public sealed class PredictionBlendingEstimator : IEstimator<PredictionBlendingTransformer>
{
    private readonly string[] _inputs;
    private readonly float[] _weights;
    private readonly string? _labelColumn;

    internal PredictionBlendingEstimator(string[] inputColumnNames, IReadOnlyList<double>? weights, string? labelColumnName)
    {
        ArgumentNullException.ThrowIfNull(inputColumnNames);
        if (inputColumnNames.Length == 0) throw new ArgumentException("BlendPredictions: no input columns were given.", nameof(inputColumnNames));
        foreach (string name in inputColumnNames) ArgumentException.ThrowIfNullOrEmpty(name, nameof(inputColumnNames));
        weights ??= [.. inputColumnNames.Select(_ => 1.0)];
        if (weights.Count != inputColumnNames.Length)
            throw new ArgumentException($"BlendPredictions: {weights.Count} weights for {inputColumnNames.Length} columns.", nameof(weights));
        double sum = weights.Sum();
        if (!weights.All(weight => weight >= 0 && double.IsFinite(weight)) || sum <= 0)
            throw new ArgumentOutOfRangeException(nameof(weights), $"BlendPredictions: the weights are {string.Join(", ", weights)}; expected numbers that are not negative, one of them above 0.");
        (_inputs, _weights, _labelColumn) = ([.. inputColumnNames], [.. weights.Select(weight => (float)(weight / sum))], labelColumnName);
    }

    public PredictionBlendingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShape.Create(input.Schema));
        if (_labelColumn is null) return new PredictionBlendingTransformer(_inputs, _weights, labelType: null, labels: null);
        DataViewSchema.Column label = input.Schema[_labelColumn];
        return new PredictionBlendingTransformer(_inputs, _weights, new KeyDataViewType(typeof(uint), ((KeyDataViewType)label.Type).Count), KeyValues.Of(label));
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        const string step = PredictionBlendingTransformer.StepName;
        foreach (string name in _inputs)
        {
            SchemaShape.Column source = inputSchema.Require(name, step);
            bool isShaped = source.Kind == SchemaShape.Column.VectorKind.Scalar || (_labelColumn is not null && source.Kind == SchemaShape.Column.VectorKind.Vector);
            if (source.IsKey || !isShaped || !source.ItemType.Equals(NumberDataViewType.Single))
                throw ColumnTypeException.Create(step, source, _labelColumn is null ? "Single" : "Single or Vector<Single>");
        }
        if (_labelColumn is null) return inputSchema.With([.. ScoreColumns.RegressionShape()]);
        SchemaShape.Column label = inputSchema.Require(_labelColumn, step);
        if (!label.IsKey || label.Kind != SchemaShape.Column.VectorKind.Scalar) throw ColumnTypeException.Create(step, label, "a key. Conversion.MapValueToKey makes one");
        return inputSchema.With([.. ScoreColumns.MulticlassShape(label)]);
    }
}
