using System.Numerics.Tensors;
using MLPipelines.Data;

namespace MLPipelines.Scenarios.TextClassification;

/// <summary>Measures classifiers whose labels may be numbered in different ways: by what the labels are called.</summary>
internal static class HeldOutAccuracy
{
    /// <summary>How many rows a view has.</summary>
    internal static int RowsOf(IDataView data, string column)
    {
        BatchView rows = BatchView.Of(data);
        return rows.ReadColumns(rows.Schema[column].Index)[0].RowCount;
    }

    /// <summary>The share of the rows whose most probable label is the right one.</summary>
    /// <param name="context">The context.</param>
    /// <param name="model">It gives scores with the labels' names.</param>
    /// <param name="rows">Rows with labels.</param>
    /// <param name="label">Their column.</param>
    internal static double Of(MLContext context, ITransformer model, IDataView rows, string label)
    {
        const string Key = "HeldOutLabel";
        IDataView keyed = context.Transforms.Conversion.MapValueToKey(Key, label).Fit(rows).Transform(rows);
        BatchView scored = BatchView.Of(new ParallelView(BatchView.Of(keyed), model, Environment.ProcessorCount, context.CancellationToken));
        KeyValues names = KeyValues.Of(scored.Schema[Key])!;
        string[] labels = scored.Schema["Score"].SlotNamesOrNull() ?? throw new MLPipelinesException("The model's column 'Score' does not say which labels its values are of.");
        BatchColumn[] columns = scored.ReadColumns(scored.Schema[Key].Index, scored.Schema["Score"].Index);
        var (keys, scores) = ((ValueColumn<uint>)columns[0], (VectorColumn<float>)columns[1]);
        int count = 0, right = 0;
        for (int row = 0; row < keys.RowCount; row++)
        {
            if (keys.Values[row] == 0) continue;
            count++;
            if (labels[TensorPrimitives.IndexOfMax(scores[row].Values)] == names.TextOf((int)keys.Values[row] - 1)) right++;
        }
        return count == 0 ? double.NaN : (double)right / count;
    }
}
