using System.Diagnostics.CodeAnalysis;
using MLPipelines.Data;

namespace MLPipelines.Transforms.TimeSeries;

/// <summary>
/// Follows a series: takes its observations one at a time, in order, forecasts or judges each, and saves the model together with where it has
/// come to. Engines of one model do not know of each other. It is not safe to use from several threads at once, since
/// observations have an order.
/// </summary>
public sealed class TimeSeriesPredictionEngine<
    [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TSrc,
    [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TDst> : IDisposable
    where TSrc : class
    where TDst : class, new()
{
    private readonly RowBinder<TSrc> _source;
    private readonly RowReader<TDst> _reader;
    private readonly OneRowView _input;
    private readonly FollowingView.Turn _turn = new();
    private readonly BatchCursor _cursor;
    private readonly List<Func<ITransformer>> _steps = [];

    /// <param name="env">The context.</param>
    /// <param name="transformer">A model, or a chain of models, that are row-to-row mappers or follow series.</param>
    /// <param name="ignoreMissingColumns">Whether members of <typeparamref name="TDst"/> that the model gives no column for keep their defaults.</param>
    /// <param name="inputSchemaDefinition">Which members of <typeparamref name="TSrc"/> are which columns; without it, what their attributes say.</param>
    /// <param name="outputSchemaDefinition">Which members of <typeparamref name="TDst"/> are read from which columns; without it, what their attributes say.</param>
    /// <exception cref="ArgumentException">A step of the model is neither a row-to-row mapper nor follows series.</exception>
    public TimeSeriesPredictionEngine(
        MLContext env, ITransformer transformer, bool ignoreMissingColumns, SchemaDefinition? inputSchemaDefinition = null, SchemaDefinition? outputSchemaDefinition = null)
    {
        ArgumentNullException.ThrowIfNull(env);
        ArgumentNullException.ThrowIfNull(transformer);
        _source = RowBinder<TSrc>.For(inputSchemaDefinition);
        _input = new OneRowView(_source.Schema);
        BatchView view = _input;
        ITransformer[] steps = [.. ITransformerChain.Flatten(transformer)];
        for (int i = 0; i < steps.Length; i++) view = Follow(view, steps[i], isLast: i == steps.Length - 1);
        OutputSchema = view.Schema;
        _reader = RowBinder<TDst>.For(outputSchemaDefinition).CreateReader(OutputSchema, ignoreMissingColumns);
        _cursor = view.OpenBatches(ColumnSet.Of(OutputSchema, _reader.Columns));
    }

    /// <summary>All columns that the model gives for a row.</summary>
    public DataViewSchema OutputSchema { get; }

    /// <summary>What is forecast after the observations so far; columns that need an observation are missing.</summary>
    /// <param name="horizon">How many steps; by default as many as the model was made for.</param>
    /// <param name="confidenceLevel">The share of futures that the bounds enclose, in [0, 1); by default the one that the model was made for.</param>
    /// <exception cref="ArgumentException">The model forecasts a fixed number of steps for the step after it, and that is another.</exception>
    public TDst Predict(int? horizon = null, float? confidenceLevel = null) => Predict(null, horizon, confidenceLevel);

    /// <summary>Takes in an observation and gives what the model says of it or forecasts after it.</summary>
    /// <param name="example">The observation; <see langword="null"/> for none.</param>
    /// <param name="horizon">How many steps; by default as many as the model was made for.</param>
    /// <param name="confidenceLevel">The share of futures that the bounds enclose, in [0, 1); by default the one that the model was made for.</param>
    public TDst Predict(TSrc? example, int? horizon = null, float? confidenceLevel = null)
    {
        Batch batch = Advance(example, horizon, confidenceLevel);
        return _reader.Create(batch, 0);
    }

    /// <summary>Takes in an observation, and writes into an object that exists; its arrays are used again where they fit.</summary>
    public void Predict(TSrc? example, ref TDst prediction) => Predict(example, ref prediction, null, null);

    /// <summary>Takes in an observation, and writes into an object that exists; its arrays are used again where they fit.</summary>
    /// <param name="example">The observation; <see langword="null"/> for none.</param>
    /// <param name="prediction">Where to write; <see langword="null"/> to only take in the observation.</param>
    /// <param name="horizon">How many steps; by default as many as the model was made for.</param>
    /// <param name="confidenceLevel">The share of futures that the bounds enclose, in [0, 1); by default the one that the model was made for.</param>
    public void Predict(TSrc? example, ref TDst prediction, int? horizon = null, float? confidenceLevel = null)
    {
        if (example is null && prediction is null) return;
        Batch batch = Advance(example, horizon, confidenceLevel);
        if (prediction is not null) _reader.Fill(batch, 0, ref prediction);
    }

    /// <summary>Saves the model as it is after the observations so far. The file appears whole or not at all.</summary>
    /// <param name="env">The context.</param>
    /// <param name="modelPath">Where; an existing file is replaced.</param>
    public void CheckPoint(MLContext env, string modelPath)
    {
        ArgumentNullException.ThrowIfNull(env);
        ArgumentException.ThrowIfNullOrEmpty(modelPath);
        env.Model.Save(Current(), _source.Schema, modelPath);
    }

    /// <summary>Saves the model as it is after the observations so far.</summary>
    public void CheckPoint(MLContext env, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(env);
        ArgumentNullException.ThrowIfNull(stream);
        env.Model.Save(Current(), _source.Schema, stream);
    }

    /// <summary>Ends the reading; nothing else is held that needs freeing.</summary>
    public void Dispose() => _cursor.Dispose();

    private TransformerChain<ITransformer> Current() => new(_steps.Select(step => step()));

    private BatchView Follow(BatchView view, ITransformer step, bool isLast)
    {
        if (step is SequentialTransformer sequential)
        {
            SequentialMapper mapper = sequential.CreateFollower(view.Schema, isLast);
            _steps.Add(mapper.ToTransformer);
            return new FollowingView(view, mapper, _turn);
        }
        if (!step.IsRowToRowMapper)
            throw new ArgumentException($"A time series engine needs steps that are row-to-row mappers or follow series; {step.GetType().Name} is neither.", nameof(step));
        _steps.Add(() => step);
        return BatchView.Of(step.Transform(view));
    }

    private Batch Advance(TSrc? example, int? horizon, float? confidenceLevel)
    {
        if (horizon is { } steps) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps, nameof(horizon));
        if (confidenceLevel is not (null or >= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(confidenceLevel), confidenceLevel, "Expected a number from 0 on and below 1.");
        _input.Clear();
        if (example is not null) _source.Append(example, _input.Columns);
        else
            foreach (BatchColumn? column in _input.Columns) column?.AppendMissing();
        (_turn.HasRow, _turn.Request) = (example is not null, new ForecastRequest(horizon, confidenceLevel));
        return _cursor.Next()!;
    }
}
