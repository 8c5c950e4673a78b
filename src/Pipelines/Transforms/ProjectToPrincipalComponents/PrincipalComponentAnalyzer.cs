using MLPipelines.Data;
using MLPipelines.Trainers;

namespace MLPipelines.Transforms;

/// <summary>
/// Projects vectors of <see cref="float"/> onto the directions along which they vary most, so that fewer slots say most of what they say:
/// y = U(x − m) with the mean m and the orthonormal directions U, that of most variance first. Rows with NaN or infinity, and of a weight that is none, are left out of what
/// is learned; the others are held in memory. Source: Halko, Martinsson and Tropp, "Finding structure with randomness" (2011).
/// </summary>
public sealed class PrincipalComponentAnalyzer : OneToOneEstimator<PrincipalComponentAnalysisTransformer>
{
    internal static class Defaults
    {
        internal const int Rank = 20;
        internal const int Oversampling = 20;
        internal const bool EnsureZeroMean = true;
    }

    private readonly string? _weightColumn;
    private readonly int _rank;
    private readonly int _oversampling;
    private readonly bool _ensureZeroMean;
    private readonly int? _seed;

    internal PrincipalComponentAnalyzer(TrainingEnvironment environment, InputOutputColumnPair columns, string? weightColumn, int rank, int oversampling, bool ensureZeroMean, int? seed)
        : base(environment, "ProjectToPrincipalComponents", columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rank);
        ArgumentOutOfRangeException.ThrowIfNegative(oversampling);
        (_weightColumn, _rank, _oversampling, _ensureZeroMean, _seed) = (weightColumn, rank, oversampling, ensureZeroMean, seed);
    }

    protected override PrincipalComponentAnalysisTransformer Fit(BatchView input)
    {
        DataViewSchema.Column column = input.Schema[Columns[0].InputColumnName];
        int size = ((VectorDataViewType)column.Type).Size;
        if (_rank > size) throw new MLPipelinesException($"{Name}: rank {_rank} is more than the {size} slots of column '{column.Name}'. Ask for {size} at most.");
        var (rows, weights) = Read(input, column);
        var components = PrincipalComponents.Of(rows, weights, _rank, _oversampling, _ensureZeroMean, Environment.SeedFor(Name, _seed),
            (pass, count) => Environment.Report(Name, pass, count), Environment.CancellationToken);
        return new([new PrincipalProjection(Columns[0], new RowMatrix(components.Directions, _rank, size), components.ProjectedMean())]);
    }

    private (FeatureMatrix Rows, float[]? Weights) Read(BatchView input, DataViewSchema.Column column)
    {
        DataViewSchema.Column? weightColumn = _weightColumn is null ? null : input.Schema[_weightColumn];
        var rows = new VectorColumn<float>(((VectorDataViewType)column.Type).Size);
        List<float> weights = [], all = [];
        using BatchCursor cursor = input.OpenBatches(ColumnSet.Of(input.Schema, weightColumn is { } w ? [column.Index, w.Index] : [column.Index]));
        while (cursor.Next() is { } batch)
        {
            var vectors = (VectorColumn<float>)batch[column.Index];
            all.Clear();
            if (weightColumn is { } source) NumberReader.Append(batch[source.Index], source, all);
            for (int row = 0; row < batch.RowCount; row++)
            {
                float weight = weightColumn is null ? 1 : all[row];
                if (!(weight > 0 && float.IsFinite(weight)) || vectors[row].Values.ContainsAnyExceptInRange(float.MinValue, float.MaxValue)) continue;
                rows.Append(vectors[row]);
                weights.Add(weight);
            }
        }
        if (rows.RowCount == 0) throw new MLPipelinesException($"{Name}: there is nothing to learn from: column '{column.Name}' has no row of finite numbers{(_weightColumn is null ? "" : $" with a weight above 0 in column '{_weightColumn}'")}.");
        return (FeatureMatrix.Of(rows), weightColumn is null ? null : [.. weights]);
    }

    protected override void CheckInput(SchemaShape inputSchema)
    {
        if (_weightColumn is not null) inputSchema.Require(_weightColumn, Name);
    }

    protected override SchemaShape.Column OutputColumn(SchemaShape.Column input, string outputColumnName) =>
        input.Kind == SchemaShape.Column.VectorKind.Vector && !input.IsKey && input.ItemType.Equals(NumberDataViewType.Single)
            ? new(outputColumnName, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false) : throw WrongType(input, RowMatrix.Expected);
}
