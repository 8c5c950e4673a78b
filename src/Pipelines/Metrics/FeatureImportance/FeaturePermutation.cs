using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using MLPipelines.Trainers;

namespace MLPipelines.Data;

/// <summary>Measures how metrics change when the values of one feature are dealt out to other rows, feature by feature.</summary>
internal sealed class FeaturePermutation
{
    private readonly TrainingEnvironment _environment;
    private readonly ISingleFeaturePredictionTransformer<object> _model;
    private readonly CachedView _rows;
    private readonly DataViewSchema.Column _features;
    private readonly VectorColumn<float> _values;

    /// <param name="environment">Seed and cancellation.</param>
    /// <param name="model">What is applied to the features.</param>
    /// <param name="data">Rows with features and label; the columns that are read are held in memory.</param>
    /// <param name="rowCount">How many of the first rows to use; <see langword="null"/> for all.</param>
    internal FeaturePermutation(TrainingEnvironment environment, ISingleFeaturePredictionTransformer<object> model, IDataView data, int? rowCount)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        if (rowCount is <= 0) throw new ArgumentOutOfRangeException(nameof(rowCount), rowCount, "The number of examples to use is above 0.");
        (_environment, _model) = (environment, model);
        _rows = new CachedView(BatchView.Of(rowCount is { } count ? new DataOperationsCatalog(environment).TakeRows(data, count) : data));
        _features = _rows.Schema.GetColumnOrNull(model.FeatureColumnName) ?? throw new ArgumentOutOfRangeException(nameof(data),
            $"PermutationFeatureImportance: column '{model.FeatureColumnName}' not found. The columns are: {data.Schema}. It wants the data as the steps before the trainer have transformed it.");
        if (_features.Type is not VectorDataViewType { IsKnownSize: true } type || !type.ItemType.Equals(NumberDataViewType.Single))
            throw new ArgumentOutOfRangeException(nameof(data), $"PermutationFeatureImportance: column '{_features.Name}' is {_features.Type}, expected a vector of Single with a known size.");
        _values = (VectorColumn<float>)_rows.ReadColumns(_features.Index)[0];
        FeatureCount = type.Size;
    }

    internal int FeatureCount { get; }

    /// <summary>The names of the features; those without one are called by their slot.</summary>
    internal IEnumerable<string> Names()
    {
        string[]? names = _features.SlotNamesOrNull();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (int slot = 0; slot < FeatureCount; slot++)
        {
            string name = names is null || names[slot].Length == 0 ? $"Slot {slot}" : names[slot];
            yield return taken.Add(name) ? name : $"{name} (slot {slot})";
        }
    }

    /// <summary>The changes of the metrics, one per feature.</summary>
    /// <param name="evaluate">The metrics of scored rows; called from many threads at a time.</param>
    /// <param name="create">Makes the statistics of one feature.</param>
    /// <param name="count">How many times each feature is permuted.</param>
    /// <param name="skipUnused">Whether a feature of weight 0 is taken to change nothing.</param>
    internal ImmutableArray<TStatistics> Measure<TMetrics, TStatistics>(Func<IDataView, TMetrics> evaluate, Func<TStatistics> create, int count, bool skipUnused)
        where TStatistics : IMetricsStatistics<TMetrics>
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        TMetrics before = evaluate(_model.Transform(_rows));
        var weights = skipUnused ? _model.Model as IFeatureWeights : null;
        int seed = _environment.SeedFor(nameof(FeaturePermutation));
        var statistics = new TStatistics[FeatureCount];
        try
        {
            Parallel.For(0, FeatureCount, new ParallelOptions { CancellationToken = _environment.CancellationToken }, slot => statistics[slot] = OfSlot(slot));
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
        return [.. statistics];

        TStatistics OfSlot(int slot)
        {
            TStatistics changes = create();
            // A seed per feature: the changes do not depend on the number of threads.
            var random = new Random(unchecked(seed + slot * 7919));
            float[] values = weights?.WeightOf(slot) == 0 ? [] : ValuesOf(slot);
            for (int i = 0; i < count; i++)
            {
                random.Shuffle(values);
                changes.Add(values.Length == 0 ? before : evaluate(_model.Transform(With(slot, [.. values]))), before);
            }
            return changes;
        }
    }

    private float[] ValuesOf(int slot)
    {
        float[] values = new float[_values.RowCount];
        for (int row = 0; row < values.Length; row++)
        {
            RowVector<float> vector = _values[row];
            int at = vector.IsDense ? slot : vector.Indices.BinarySearch(slot);
            values[row] = at >= 0 ? vector.Values[at] : 0;
        }
        return values;
    }

    /// <summary>The rows with other values of one feature.</summary>
    private MappedView With(int slot, float[] values)
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumns(_rows.Schema);
        schema.AddColumn(_features.Name, _features.Type, _features.Annotations);
        return new MappedView(_rows, schema.ToSchema(), [new OutputColumn(_features.Name, _features.Type, _features.Annotations, [_features.Index], Replace)]);

        ColumnKernel Replace()
        {
            var output = new VectorColumn<float>(FeatureCount);
            return batch =>
            {
                var features = (VectorColumn<float>)batch[_features.Index];
                output.Reset(FeatureCount, features.IsDense);
                for (int row = 0; row < features.RowCount; row++)
                {
                    float value = values[batch.FirstRow + row];
                    if (features.IsDense)
                    {
                        Span<float> items = output.AppendDense(FeatureCount);
                        features[row].CopyTo(items);
                        items[slot] = value;
                    }
                    else
                    {
                        AppendSparse(output, features[row], slot, value);
                    }
                }
                return output;
            };
        }
    }

    private static void AppendSparse(VectorColumn<float> output, RowVector<float> row, int slot, float value)
    {
        int at = row.Indices.BinarySearch(slot), before = at >= 0 ? at : ~at;
        output.AppendItems(row.Indices[..before], row.Values[..before], offset: 0);
        if (value != 0) output.AppendItem(slot, value);
        int after = at >= 0 ? at + 1 : before;
        output.AppendItems(row.Indices[after..], row.Values[after..], offset: 0);
        output.EndRow();
    }
}
