using MLPipelines.Data;
using MLPipelines.Onnx.Graph;
using MLPipelines.Recommendation;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Export.Recommendation;

/// <summary>
/// The score of a pair of a user and an item, for methods in which it is the product of a vector of each: factorizations, biases, and
/// popularity. Names are looked up; the vector in front of each table is that of one who is not known.
/// </summary>
internal static class RecommenderConverter
{
    /// <summary>What a method learned: the vectors of users and of items, both with the unknown one in front, and what is added to their product.</summary>
    private sealed record Pairs(int Width, double[] Users, double[] Items, double Mean = 0, double[]? Scale = null);

    internal static void Convert(StepExport step)
    {
        GraphBuilder graph = step.Graph;
        ModelStepReader model = step.Saved.Section("model");
        string kind = step.Saved.GetString("kind");
        Pairs pairs = kind switch
        {
            ImplicitAlsModel.KindName or BprModel.KindName => Factors(model),
            BiasedFactorizationModel.KindName => Biased(model),
            RatingBaselineModel.KindName => Baseline(model),
            PopularityModel.KindName => Popularity(model),
            _ => throw new NotExportableException($"a recommender of the method '{step.Saved.GetString("method")}' compares an item with all that the user took, which needs tables as large as users times items. Train a factorization, such as --trainer mf or als"),
        };
        GraphValue user = Vectors(step, "userColumn", "users", pairs.Users, pairs.Width), item = Vectors(step, "itemColumn", "items", pairs.Items, pairs.Width);
        GraphValue score = graph.ReduceSum(graph.Multiply(user, item));
        if (pairs.Mean != 0) score = graph.Add(score, graph.Scalar(pairs.Mean));
        if (pairs.Scale is [var least, var greatest, _]) score = graph.Min(graph.Max(score, graph.Scalar(least)), graph.Scalar(greatest));
        step.Set(ScoreColumns.Score, graph.Cast(score, TensorType.Float));
    }

    private static GraphValue Vectors(StepExport step, string column, string names, double[] table, int width)
    {
        GraphBuilder graph = step.Graph;
        string name = step.Saved.GetString(column);
        IReadOnlyList<string> known = step.Saved.ReadTexts(names);
        GraphValue places = graph.Look(Names(step, name), [.. known], [.. Enumerable.Range(1, known.Count).Select(place => (long)place)], 0);
        return graph.Gather(graph.Constant<double>(table, table.Length / width, width), graph.Squeeze(places, 1));
    }

    /// <summary>The names in a column of text, of keys or of whole numbers.</summary>
    private static GraphValue Names(StepExport step, string name)
    {
        GraphBuilder graph = step.Graph;
        GraphValue column = step.Column(name);
        DataViewSchema.Column type = step.Input[name];
        if (column.Type == TensorType.String) return column;
        if (type.Type is KeyDataViewType && KeyValues.Of(type) is { } values) return Columns.KeyConverters.ValueOf(graph, column, values.ToText());
        return graph.Cast(graph.Cast(column, TensorType.Int64), TensorType.String);
    }

    private static Pairs Factors(ModelStepReader model)
    {
        int rank = model.GetInt32("rank");
        float[] users = model.ReadArray<float>("users", -1, rank), items = model.ReadArray<float>("items", -1, rank);
        double[] mean = new double[rank];
        for (int i = 0; i < users.Length; i++) mean[i % rank] += users[i] / (double)Math.Max(1, users.Length / rank);
        // An item that is not known is as one that nobody took.
        return new Pairs(rank, [.. mean, .. users.Select(number => (double)number)], [.. new double[rank], .. items.Select(number => (double)number)]);
    }

    private static Pairs Biased(ModelStepReader model)
    {
        double[] Side(string name, bool isUser)
        {
            ModelStepReader side = model.Section(name);
            int width = side.ReadArray<double>("spread", -1).Length;
            double[] unknown = side.ReadArray<double>("weights", -1, width)[..width];
            return [.. unknown.Concat(side.ReadArray<double>("means", -1, width)).Chunk(width).SelectMany(vector => WithBias(vector, isUser))];
        }
        double[] users = Side("users", isUser: true);
        return new Pairs(model.Section("users").ReadArray<double>("spread", -1).Length + 1, users, Side("items", isUser: false), Scale(model)[2], Scale(model));
    }

    private static Pairs Baseline(ModelStepReader model) => new(2,
        [.. model.ReadArray<double>("users", -1).Prepend(0).SelectMany(bias => WithBias([bias], isUser: true))],
        [.. model.ReadArray<double>("items", -1).Prepend(0).SelectMany(bias => WithBias([bias], isUser: false))],
        Scale(model)[2], Scale(model));

    /// <summary>The least, the greatest and the mean rating.</summary>
    private static double[] Scale(ModelStepReader model) => model.ReadArray<double>("scale", 3);

    /// <summary>The same for all users.</summary>
    private static Pairs Popularity(ModelStepReader model) => new(1, [.. Enumerable.Repeat(1.0, model.GetInt32("users") + 1)], [0, .. model.ReadArray<float>("shares", -1).Select(share => (double)share)]);

    /// <summary>A vector whose first number is a bias: the other side has a 1 at its place.</summary>
    private static IEnumerable<double> WithBias(double[] vector, bool isUser) => isUser ? [vector[0], 1, .. vector[1..]] : [1, vector[0], .. vector[1..]];
}
