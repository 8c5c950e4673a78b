using MLPipelines.Onnx.Graph;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Export.Recommendation;

/// <summary>Models of pairs: of users and items, and of fields of features.</summary>
internal static class RecommendationConverters
{
    /// <summary>The product of two rows of factors; key 0, and what is beyond the last, has the mean factors, and the mean value where both are so.</summary>
    internal static void MatrixFactorization(StepExport step)
    {
        GraphBuilder graph = step.Graph;
        ModelStepReader model = step.Saved.Section("model");
        int rank = model.GetInt32("rank");
        float[] rows = model.ReadArray<float>("row-factors", -1, rank), columns = model.ReadArray<float>("column-factors", -1, rank);
        GraphValue row = Known(graph, step.Column(step.Saved.GetString("rows")), rows.Length / rank), column = Known(graph, step.Column(step.Saved.GetString("columns")), columns.Length / rank);
        GraphValue product = graph.ReduceSum(graph.Multiply(Factors(graph, rows, rank, row), Factors(graph, columns, rank, column)));
        float mean = (float)model.GetDouble("mean");
        // Without a mean there is no score where either is unknown.
        GraphValue isKnown = graph.Greater(float.IsNaN(mean) ? graph.Min(row, column) : graph.Max(row, column), graph.Scalar(0L));
        step.Set(ScoreColumns.Score, graph.Where(isKnown, product, graph.Scalar(mean)));
    }

    /// <summary>Linear terms, the products between fields, and within a field those of all with all, less each with itself, halved.</summary>
    internal static void FieldAware(StepExport step)
    {
        GraphBuilder graph = step.Graph;
        ModelStepReader model = step.Saved.Section("model");
        int[] sizes = [.. model.GetInt32s("field-sizes")];
        int fields = sizes.Length, dimension = model.GetInt32("dimension"), count = sizes.Sum();
        float[] linear = model.ReadArray<float>("linear", count), latent = model.ReadArray<float>("latent", count, fields, dimension);
        GraphValue all = graph.Concat([.. step.Saved.GetStrings("fields").Select(step.Column)]);
        if (model.GetBoolean("normalized"))
        {
            GraphValue norm = graph.Reduce("ReduceL2", all);
            all = graph.Divide(all, graph.Where(graph.Greater(norm, graph.Scalar(0f)), norm, graph.Scalar(1f)));
        }
        // What features within one field have in common with themselves is taken off.
        float[] own = new float[count];
        List<GraphValue> sums = [];
        for (int field = 0, first = 0; field < fields; first += sizes[field++])
        {
            for (int j = first; j < first + sizes[field]; j++)
                for (int k = 0; k < dimension; k++) own[j] += latent[(j * fields + field) * dimension + k] * latent[(j * fields + field) * dimension + k];
            GraphValue weights = graph.Constant<float>(latent.AsSpan(first * fields * dimension, sizes[field] * fields * dimension), sizes[field], fields * dimension);
            sums.Add(graph.Reshape(graph.MatMul(graph.Slice(all, 1, first, first + sizes[field]), weights), -1, 1, fields, dimension));
        }
        GraphValue table = graph.Concat(sums);
        // Every pair of fields stands here twice, and a field with itself once.
        GraphValue pairs = graph.ReduceSum(graph.Reshape(graph.Multiply(table, graph.Transpose(table, 0, 2, 1, 3)), 0, fields * fields * dimension));
        GraphValue squares = graph.MatMul(graph.Multiply(all, all), graph.Constant<float>(own, count, 1));
        GraphValue score = graph.Add(graph.MatMul(all, graph.Constant<float>(linear, count, 1)), graph.Multiply(graph.Subtract(pairs, squares), graph.Scalar(0.5f)));
        step.Set(ScoreColumns.PredictedLabel, graph.Greater(score, graph.Scalar(0f)));
        step.Set(ScoreColumns.Score, score);
        step.Set(ScoreColumns.Probability, graph.Sigmoid(score));
    }

    private static GraphValue Known(GraphBuilder graph, GraphValue key, int count) =>
        graph.Where(graph.Less(key, graph.Scalar((long)count)), key, graph.Scalar(0L));

    /// <summary>[rows, rank].</summary>
    private static GraphValue Factors(GraphBuilder graph, float[] table, int rank, GraphValue key) =>
        graph.Gather(graph.Constant<float>(table, table.Length / rank, rank), graph.Squeeze(key, 1));
}
