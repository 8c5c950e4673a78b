using MLPipelines.Data;
using MLPipelines.Persistence;

namespace MLPipelines.Server;

/// <summary>
/// A model that is being served: one version of one name, as it was read from one file. Immutable; a file that is replaced becomes another served model, while requests
/// that began with this one end with it.
/// </summary>
public sealed class ServedModel
{
    private readonly RowScorer? _scorer;
    private readonly Lazy<CsvFormat> _csv;

    internal ServedModel(ModelSource source, ITransformer transformer, DataViewSchema input, ModelManifest manifest, ScoringQueueOptions queue)
    {
        (Name, Version, File, Sha256, Bytes) = (source.Name, source.Version, source.Path, source.Sha256, source.Bytes);
        (Transformer, InputSchema, Manifest) = (transformer, input, manifest);
        Kind = ModelKinds.Of(transformer, transformer.GetOutputSchema(input));
        ITransformer? rows = RowScorer.RowsOf(transformer, Kind);
        OutputSchema = (rows ?? transformer).GetOutputSchema(input);
        if (rows is not null) _scorer = new RowScorer(this, rows, OutputSchema);
        Inputs = _scorer?.Inputs ?? [];
        Outputs = _scorer?.Outputs ?? [];
        Labels = Kind == ModelKind.Classification ? OutputSchema[ScoreColumns.Score].SlotNamesOrNull()! : [];
        Queue = new ScoringQueue(this, queue);
        Gate = new WorkGate(this, queue);
        Json = new PredictionFormat(this);
        Special = SpecialAnswer.Of(this);
        _csv = new Lazy<CsvFormat>(() => new CsvFormat(this));
    }

    /// <summary>The name that it is asked for by.</summary>
    public string Name { get; }

    /// <summary>Its version, from 1 on.</summary>
    public int Version { get; }

    /// <summary>The file that it was read from.</summary>
    public string File { get; }

    /// <summary>The SHA-256 of the file, in hexadecimal: what tells two files of one version apart.</summary>
    public string Sha256 { get; }

    /// <summary>The size of the file.</summary>
    public long Bytes { get; }

    /// <summary>When it was loaded, in UTC.</summary>
    public DateTime LoadedAt { get; } = DateTime.UtcNow;

    /// <summary>What the file says of itself, the record of its training among it.</summary>
    public ModelManifest Manifest { get; }

    /// <summary>What it answers with.</summary>
    public ModelKind Kind { get; }

    /// <summary>The chain.</summary>
    public ITransformer Transformer { get; }

    /// <summary>All columns that it was made for.</summary>
    public DataViewSchema InputSchema { get; }

    /// <summary>All columns that it gives for a row.</summary>
    public DataViewSchema OutputSchema { get; }

    /// <summary>The columns that a row must have.</summary>
    public IReadOnlyList<ModelInput> Inputs { get; }

    /// <summary>The columns that rows are answered with: PredictedLabel, Score and Probability where it has them.</summary>
    public IReadOnlyList<DataViewSchema.Column> Outputs { get; }

    /// <summary>The labels that a classifier tells apart, in the order of its scores.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>Whether rows can be scored; a model of financial lines only forecasts.</summary>
    public bool ScoresRows => _scorer is not null;

    /// <summary>How many requests wait to be scored.</summary>
    public int WaitingRequests => Queue.Waiting;

    /// <summary><c>name@version</c>.</summary>
    public override string ToString() => string.Create(null, $"{Name}@{Version}");

    internal ScoringQueue Queue { get; }

    /// <summary>How tables are read and written.</summary>
    internal CsvFormat Csv => _csv.Value;

    /// <summary>Lets answers be made that are no scores of rows.</summary>
    internal WorkGate Gate { get; }

    /// <summary>What the model can say beside scores of rows; <see langword="null"/> for most.</summary>
    internal SpecialAnswer? Special { get; }

    internal RowScorer? Scorer => _scorer;

    /// <summary>How predictions are written, prepared once.</summary>
    internal PredictionFormat Json { get; }

    /// <summary>Room for rows that are to be scored; disposing it gives it back.</summary>
    /// <exception cref="NotSupportedException">The model scores no rows.</exception>
    public ScoringRows Rent() => _scorer?.Rent() ?? throw new NotSupportedException($"{Name} forecasts financial lines and scores no rows.");

    /// <summary>
    /// Scores the rows, together with those of other requests when the server is busy. Afterwards <see cref="ScoringRows.Output"/> has the results.
    /// </summary>
    /// <param name="rows">Rows of this model.</param>
    /// <param name="deadline">When the answer is of no use any more.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="QueueFullException">Too many requests wait.</exception>
    /// <exception cref="TimeoutException">The deadline passed.</exception>
    /// <exception cref="MLPipelinesException">A value cannot be scored.</exception>
    public ValueTask ScoreAsync(ScoringRows rows, Deadline deadline, CancellationToken cancellation = default) => ServingTraces.ScoreAsync(this, rows, deadline, cancellation);
}

/// <summary>Where a model comes from.</summary>
internal sealed record ModelSource(string Name, int Version, string Path, string Sha256, long Bytes);
