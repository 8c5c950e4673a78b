using MLPipelines.Data;
using MLPipelines.Trainers;
using MLPipelines.Trainers.Recommender;

namespace MLPipelines.Persistence.MLNet;

/// <summary>Steps that predict from factors: the model is the component <c>Model</c>, and <c>TrainSchema</c> has the columns of training.</summary>
internal static class FactorizationReaders
{
    private const long MostNumbers = 1 << 26;

    /// <summary>
    /// The column of each field, the threshold, and the column that it is for. The model: whether examples are made to have length 1, the number of fields, of features and of latent numbers; the weights, and the latent
    /// numbers of each feature for each field, both after their number.
    /// </summary>
    internal static void FieldAware(Component component, Payload payload, ChainBuilder chain)
    {
        Component inner = component.Inner("Model");
        if (inner.Header.Loader != "FieldAwareFactMacPredict" || inner.Version != 0x00010001) throw ComponentTables.Unknown(inner, "model");
        DataViewSchema trained = component.View("TrainSchema", chain.Input is null ? null : _ => false).Schema;
        chain.TrainSchema = trained;
        Payload model = inner.OpenPayload();
        bool isNormalized = model.Bool();
        int fields = model.Int32(1, 1 << 16, "the number of fields"), features = model.Count(4, least: 1), dimension = model.Int32(1, 1 << 16, "the number of latent numbers");
        string[] columns = new string[fields];
        int[] sizes = new int[fields];
        for (int f = 0; f < fields; f++)
        {
            columns[f] = payload.Name();
            sizes[f] = trained.GetColumnOrNull(columns[f])?.Type is VectorDataViewType { Size: > 0 } vector ? vector.Size : throw component.Invalid($"the size of column '{columns[f]}' is not known");
        }
        if (sizes.Sum(size => (long)size) != features) throw component.Invalid($"its {fields} fields have {sizes.Sum(size => (long)size)} features, expected {features}");
        Expect(inner, model.Int32(), features);
        float[] linear = model.Finite(features);
        long count = (long)features * fields * dimension;
        Expect(inner, model.Int32(), count);
        float threshold = payload.Single();
        if (threshold != 0) throw component.Invalid($"not supported: a threshold of {threshold}");
        var machine = new FieldAwareFactorizationMachineModelParameters(sizes, dimension, linear, model.Finite((int)count), isNormalized);
        chain.Add(new FieldAwareFactorizationMachinePredictionTransformer(machine, columns), columns, [ScoreColumns.PredictedLabel, ScoreColumns.Score, ScoreColumns.Probability]);
    }

    /// <summary>
    /// The columns of column indices and of row indices. The model: the number of rows, of columns, and of factors, and the factors of rows and of columns; in version 1 both numbers are followed by the first key, which must be 0.
    /// </summary>
    internal static void Matrix(Component component, Payload payload, ChainBuilder chain)
    {
        Component inner = component.Inner("Model");
        if (inner.Header.Loader != "MFPredictor" || inner.Version is not (0x00010001 or 0x00010002)) throw ComponentTables.Unknown(inner, "model");
        chain.TrainSchema = component.View("TrainSchema").Schema;
        string columnName = payload.Name(), rowName = payload.Name();
        Payload model = inner.OpenPayload();
        int rows = Keys(inner, model), columns = Keys(inner, model), rank = model.Int32(1, 1 << 16, "the number of factors");
        if (((long)rows + columns) * rank > MostNumbers) throw inner.Invalid($"{rows} rows and {columns} columns of {rank} factors");
        // ML.NET knows nothing of a row or column that it was not trained on.
        float[] left = [.. new float[rank], .. model.Finite(rows * rank)], right = [.. new float[rank], .. model.Finite(columns * rank)];
        var type = new KeyDataViewType(typeof(uint), Math.Max(rows, columns));
        chain.Add(new MatrixFactorizationPredictionTransformer(new MatrixFactorizationModelParameters(rank, float.NaN, left, right), columnName, rowName), [columnName, rowName], [ScoreColumns.Score], type);
    }

    private static int Keys(Component component, Payload payload)
    {
        int count = payload.Int32(1, int.MaxValue, "the number of keys");
        if (payload.Version < 0x00010002 && payload.UInt64() != 0) throw component.Invalid("not supported: keys that do not start at 0");
        return count;
    }

    private static void Expect(Component component, int found, long expected)
    {
        if (found != expected || expected > MostNumbers) throw component.Invalid($"{found} weights, expected {expected}");
    }
}
