using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>
/// The base of estimators that make one output column from one input column, for each of several pairs. A derived class says
/// what the output column will be and how the transformer is learned; looking columns up and checking them before data is
/// read are done here.
/// </summary>
public abstract class OneToOneEstimator<TTransformer> : IEstimator<TTransformer> where TTransformer : class, ITransformer
{
    /// <param name="environment">Seed, progress and cancellation.</param>
    /// <param name="name">The name of the step, for messages.</param>
    /// <param name="columns">The pairs; at least one.</param>
    protected OneToOneEstimator(TrainingEnvironment environment, string name, params IReadOnlyList<InputOutputColumnPair> columns)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0) throw new ArgumentException($"{name}: no columns were given.", nameof(columns));
        // The caller's array may change later; the estimator must not.
        (Environment, Name, Columns) = (environment, name, [.. columns]);
    }

    protected TrainingEnvironment Environment { get; }

    protected string Name { get; }

    protected IReadOnlyList<InputOutputColumnPair> Columns { get; }

    public TTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShape.Create(input.Schema));
        return Fit(BatchView.Of(input));
    }

    public virtual SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        CheckInput(inputSchema);
        return inputSchema.With([.. Columns.Select(pair => OutputColumn(inputSchema.Require(pair.InputColumnName, Name), pair.OutputColumnName))]);
    }

    /// <summary>Learns from data whose columns were checked.</summary>
    protected abstract TTransformer Fit(BatchView input);

    /// <summary>Checks columns that are read besides those of the pairs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is absent or of a type that the step cannot work with.</exception>
    protected virtual void CheckInput(SchemaShape input) { }

    /// <summary>What the output column will be.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The input column is of a type that the step cannot work with.</exception>
    protected abstract SchemaShape.Column OutputColumn(SchemaShape.Column input, string outputColumnName);

    /// <summary>The error for an input column of the wrong type.</summary>
    protected ArgumentOutOfRangeException WrongType(SchemaShape.Column column, string expected) => ColumnTypeException.Create(Name, column, expected);
}
