using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>Reads the columns that a trainer needs into memory and checks them: no infinity among features, no NaN unless it may be missing, weights not negative.</summary>
internal sealed class TrainingSetReader(
    string trainer, string featureColumn, string labelColumn, string? weightColumn, string? groupColumn = null, bool acceptsMissing = false)
{
    internal TrainingSet Read(IDataView data)
    {
        BatchView view = BatchView.Of(data);
        DataViewSchema.Column label = Require(view.Schema, labelColumn);
        DataViewSchema.Column? features = featureColumn.Length == 0 ? null : Require(view.Schema, featureColumn);
        DataViewSchema.Column? weight = weightColumn is null ? null : Require(view.Schema, weightColumn);
        var rows = new VectorColumn<float>(features is { } f ? SizeOf(f) : 0);
        // The groups are read beforehand, in a pass of their own.
        DataViewSchema.Column? group = groupColumn is null ? null : Require(view.Schema, groupColumn);
        int[] allGroups = group is { } g ? RowGroups.Read(view, RowGroups.Require(view.Schema, g.Name, nameof(groupColumn))) : [];
        List<float> labels = [], weights = [];
        List<int> kept = [], groups = [];
        DataViewSchema.Column?[] needed = [features, label, weight];
        using BatchCursor cursor = view.OpenBatches(ColumnSet.Of(view.Schema, [.. needed.OfType<DataViewSchema.Column>().Select(column => column.Index)]));
        while (cursor.Next() is { } batch)
        {
            int before = labels.Count;
            kept.Clear();
            LabelReader.Append(batch[label.Index], label, labels, kept);
            if (features is { } featureSource) AppendFeatures(batch, featureSource, kept, rows);
            if (weight is { } weightSource) AppendWeights(batch, weightSource, kept, weights);
            if (group is not null) groups.AddRange(kept.Select(row => allGroups[batch.FirstRow + row]));
        }
        if (labels.Count == 0)
            throw new MLPipelinesException($"{trainer}: there is nothing to learn from: the data has no row with a label in column '{labelColumn}'.");
        int classCount = label.Type switch
        {
            KeyDataViewType key => checked((int)key.Count),
            BooleanDataViewType => 2,
            _ => 0,
        };
        FeatureMatrix matrix = features is null ? new FeatureMatrix([], labels.Count, 0) : MatrixOf(rows);
        return new TrainingSet(matrix, [.. labels], weight is null ? null : [.. weights], classCount, group is null ? null : [.. groups])
        {
            CategoricalSlotRanges = features is { } column ? SlotRanges(column) : [],
        };
    }

    private static int[] SlotRanges(DataViewSchema.Column features)
    {
        if (features.Annotations.Schema.GetColumnOrNull(AnnotationKinds.CategoricalSlotRanges) is null) return [];
        VBuffer<int> ranges = default;
        features.Annotations.GetValue(AnnotationKinds.CategoricalSlotRanges, ref ranges);
        return [.. ranges.DenseValues()];
    }

    private int SizeOf(DataViewSchema.Column features) =>
        features.Type is VectorDataViewType { IsKnownSize: true } vector && vector.ItemType == NumberDataViewType.Single ? vector.Size
            : throw Wrong(features, "a vector of Single with a known size; Concatenate makes one out of numeric columns");

    private void AppendFeatures(Batch batch, DataViewSchema.Column features, List<int> kept, VectorColumn<float> rows)
    {
        var block = (VectorColumn<float>)batch[features.Index];
        CheckFinite(block, features, batch.FirstRow);
        if (kept.Count == batch.RowCount) rows.Append(block);
        else rows.Append(block, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(kept));
    }

    private static FeatureMatrix MatrixOf(VectorColumn<float> rows)
    {
        if (rows.IsDense) return new FeatureMatrix(rows.Values.ToArray(), rows.RowCount, rows.Size);
        long[] starts = new long[rows.RowCount + 1];
        for (int i = 0; i < starts.Length; i++) starts[i] = rows.Starts[i];
        return new FeatureMatrix(starts, rows.Indices.ToArray(), rows.Values.ToArray(), rows.Size);
    }

    private void CheckFinite(VectorColumn<float> block, DataViewSchema.Column column, long firstRow)
    {
        ReadOnlySpan<float> values = block.Values;
        // A sum is finite only if every value is (or the values overflow, which the search below then settles).
        if (float.IsFinite(System.Numerics.Tensors.TensorPrimitives.Sum(values))) return;
        for (int row = 0; row < block.RowCount; row++)
        {
            RowVector<float> vector = block[row];
            for (int i = 0; i < vector.Values.Length; i++)
            {
                if (float.IsFinite(vector.Values[i]) || (acceptsMissing && float.IsNaN(vector.Values[i]))) continue;
                int slot = vector.IsDense ? i : vector.Indices[i];
                string name = column.SlotNamesOrNull() is { } names ? $"'{names[slot]}' (slot {slot})" : $"slot {slot}";
                throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture,
                    $"{trainer}: row {firstRow + row}, column '{column.Name}' {name}: found {vector.Values[i]}, expected a finite number. ReplaceMissingValues fills in missing values."));
            }
        }
    }

    private void AppendWeights(Batch batch, DataViewSchema.Column column, List<int> kept, List<float> weights)
    {
        List<float> all = [];
        NumberReader.Append(batch[column.Index], column, all);
        foreach (int row in kept)
        {
            if (!float.IsFinite(all[row]) || all[row] < 0)
                throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture,
                    $"{trainer}: row {batch.FirstRow + row}, column '{column.Name}': found the weight {all[row]}, expected a number that is not negative."));
            weights.Add(all[row]);
        }
    }

    private DataViewSchema.Column Require(DataViewSchema schema, string name) => schema.GetColumnOrNull(name)
        ?? throw new ArgumentOutOfRangeException(nameof(name), $"{trainer}: column '{name}' not found. The columns are: {schema}.");

    private ArgumentOutOfRangeException Wrong(DataViewSchema.Column column, string expected) =>
        new(nameof(column), $"{trainer}: column '{column.Name}' is {column.Type}, expected {expected}.");
}
