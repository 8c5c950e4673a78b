using MLPipelines.Data;

namespace MLPipelines.Recommendation;

/// <summary>Learns a <see cref="Recommender"/> from a table of events or ratings. The table is held in memory.</summary>
public sealed class RecommenderEstimator : IEstimator<Recommender>
{
    private const string Name = "Recommendation";

    private readonly TrainingEnvironment _environment;
    private readonly RecommendationMethod _method;
    private readonly EventOptions _options;
    private readonly RecommenderColumns _columns;

    internal RecommenderEstimator(TrainingEnvironment environment, RecommendationMethod method, EventOptions options)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(options.UserColumn);
        ArgumentException.ThrowIfNullOrEmpty(options.ItemColumn);
        _columns = new RecommenderColumns(options.UserColumn, options.ItemColumn);
        (_environment, _method) = (environment, method);
        _options = options.Source == new EventOptions().Source ? options with { Source = $"The table of '{_columns.User}' and '{_columns.Item}'" } : options;
    }

    public Recommender Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShape.Create(input.Schema));
        return Recommender.Fit(_method, EventLog.Read(input, _options, _environment.CancellationToken).ToInteractions(), _environment, _columns);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        foreach (string name in new[] { _columns.User, _columns.Item })
        {
            SchemaShape.Column column = inputSchema.Require(name, Name);
            bool isName = column.Kind == SchemaShape.Column.VectorKind.Scalar && (column.IsKey ? column.ItemType.RawType == typeof(uint) : column.ItemType is TextDataViewType or NumberDataViewType);
            if (!isName) throw new ArgumentOutOfRangeException(nameof(inputSchema), $"{Name}: column '{name}' is {column.GetTypeString()}, expected text, a key or a number.");
        }
        foreach (string name in new[] { _options.RatingColumn, _options.EventColumn, _options.TimeColumn }.OfType<string>().Where(name => name.Length > 0)) inputSchema.Require(name, Name);
        return inputSchema.With(ScoreColumns.RegressionShape());
    }
}
