using MLPipelines.Data;
using MLPipelines.Onnx.Graph;
using MLPipelines.Recommendation;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Export.Recommendation;

/// <summary>
/// The score of a pair of a user and an item: the product of a vector of each for factorizations, biases and popularity, a table of all pairs for
/// other methods. Names are looked up; what stands in front of each table is for one who is not known.
/// </summary>
internal static class RecommenderConverter
{
    /// <summary>A table of more scores than this is no file to ship.</summary>
    private const long MostPairs = 8_000_000;

    /// <summary>What a method learned: the vectors of users and of items, both with the unknown one in front, and what is added to their product.</summary>
    private sealed record Pairs(int Width, double[] Users, double[] Items, double Mean = 0, double[]? Scale = null);

    internal static void Convert(StepExport step)
    {
        GraphBuilder graph = step.Graph;
        ModelStepReader model = step.Saved.Section("model");
        string kind = step.Saved.GetString("kind");
        Pairs? pairs = kind switch
        {
            ImplicitAlsModel.KindName or BprModel.KindName => Factors(model),
            BiasedFactorizationModel.KindName => Biased(model),
            RatingBaselineModel.KindName => Baseline(model),
            PopularityModel.KindName => Popularity(model),
            _ => null,
        };
        if (pairs is null)
        {
            step.Set(ScoreColumns.Score, Table(step, (Recommender)step.Transformer));
            return;
        }
        GraphValue user = Vectors(step, "userColumn", "users", pairs.Users, pairs.Width), item = Vectors(step, "itemColumn", "items", pairs.Items, pairs.Width);
        GraphValue score = graph.ReduceSum(graph.Multiply(user, item));
        if (pairs.Mean != 0) score = graph.Add(score, graph.Scalar(pairs.Mean));
        if (pairs.Scale is [var least, var greatest, _]) score = graph.Min(graph.Max(score, graph.Scalar(least)), graph.Scalar(greatest));
        step.Set(ScoreColumns.Score, graph.Cast(score, TensorType.Float));
    }

    /// <summary>Methods that compare an item with all that the user took are a table of what they say of every pair.</summary>
    private static GraphValue Table(StepExport step, Recommender recommender)
    {
        GraphBuilder graph = step.Graph;
        int users = recommender.Users.Count + 1, items = recommender.Items.Count + 1;
        if ((long)users * items > MostPairs)
            throw new NotExportableException($"a recommender of the method '{recommender.Method}' compares an item with all that the user took, which is a table of {users:N0} × {items:N0} scores, more than {MostPairs:N0}. Train one of factors: als or bpr, factorization for ratings");
        float[] scores = new float[users * items];
        Parallel.For(0, users, user =>
        {
            for (int item = 0; item < items; item++) scores[user * items + item] = recommender.Score(user - 1, item - 1);
        });
        GraphValue place = graph.Add(graph.Multiply(Places(step, "userColumn", "users"), graph.Scalar((long)items)), Places(step, "itemColumn", "items"));
        return graph.Gather(graph.Constant<float>(scores, scores.Length), place);
    }

    private static GraphValue Vectors(StepExport step, string column, string names, double[] table, int width) =>
        step.Graph.Gather(step.Graph.Constant<double>(table, table.Length / width, width), step.Graph.Squeeze(Places(step, column, names), 1));

    /// <summary>The places of names, from 1; 0 for one that is not known.</summary>
    private static GraphValue Places(StepExport step, string column, string names)
    {
        IReadOnlyList<string> known = step.Saved.ReadTexts(names);
        return step.Graph.Look(Names(step, step.Saved.GetString(column)), [.. known], [.. Enumerable.Range(1, known.Count).Select(place => (long)place)], 0);
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
