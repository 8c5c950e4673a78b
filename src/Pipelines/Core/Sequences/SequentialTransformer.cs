using MLPipelines.Data;

namespace MLPipelines;

/// <summary>
/// A transformer whose output rows depend on the rows before them, such as a detector or forecaster of time series. It is immutable:
/// every reading of a view starts at the state that it was trained to or loaded with, and works on a copy of it.
/// </summary>
public abstract class SequentialTransformer : ITransformer, IModelStep
{
    /// <summary>No: a row depends on those before it.</summary>
    public bool IsRowToRowMapper => false;

    public abstract string TypeId { get; }

    public virtual int Version => 1;

    public abstract void Save(ModelStepWriter writer);

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return CreateMapper(inputSchema).OutputSchema;
    }

    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new SequentialView(BatchView.Of(input), this, GetOutputSchema(input.Schema));
    }

    /// <summary>A mapper of rows of a schema, at the state of this transformer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column that is needed is absent or of another type.</exception>
    internal abstract SequentialMapper CreateMapper(DataViewSchema input);

    /// <summary>A mapper for an engine.</summary>
    /// <param name="input">The columns of its rows.</param>
    /// <param name="isLast">Whether no step follows that would rely on the types that this one was made with.</param>
    internal virtual SequentialMapper CreateFollower(DataViewSchema input, bool isLast) => CreateMapper(input);
}
