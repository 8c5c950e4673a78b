using MLPipelines.Data;

namespace MLPipelines.Persistence.MLNet;

/// <summary>
/// Steps that predict: the model is the component <c>Model</c>, and <c>TrainSchema</c>, a binary data file without rows, has the columns of training. The payload is the column of features and what the
/// task adds to it.
/// </summary>
internal static class PredictionReaders
{
    private static readonly string[] ScoreOnly = [ScoreColumns.Score];
    private static readonly string[] ScoreAndLabel = [ScoreColumns.PredictedLabel, ScoreColumns.Score];
    private static readonly string[] All = [ScoreColumns.PredictedLabel, ScoreColumns.Score, ScoreColumns.Probability];

    /// <summary>The threshold of scores, and the column that it is for.</summary>
    internal static void Binary(Component component, Payload payload, ChainBuilder chain)
    {
        var (model, features) = Open(component, payload, chain, 1);
        chain.Add(ScoringModelTable.Binary(model, features, Threshold(component, payload)), [features], All, FeaturesOf(model));
    }

    internal static void Regression(Component component, Payload payload, ChainBuilder chain)
    {
        var (model, features) = Open(component, payload, chain, 1);
        chain.Add(ScoringModelTable.Regression(model, features), [features], ScoreOnly, FeaturesOf(model));
    }

    internal static void Ranking(Component component, Payload payload, ChainBuilder chain)
    {
        var (model, features) = Open(component, payload, chain, 1);
        chain.Add(ScoringModelTable.Ranking(model, features), [features], ScoreOnly, FeaturesOf(model));
    }

    internal static void Clustering(Component component, Payload payload, ChainBuilder chain)
    {
        var (model, features) = Open(component, payload, chain, null);
        chain.Add(ScoringModelTable.Clustering(model, features), [features], ScoreAndLabel, FeaturesOf(model));
    }

    /// <summary>The threshold of scores, and the column that it is for.</summary>
    internal static void Anomaly(Component component, Payload payload, ChainBuilder chain)
    {
        var (model, features) = Open(component, payload, chain, 1);
        chain.Add(ScoringModelTable.Anomaly(model, features, Threshold(component, payload)), [features], ScoreAndLabel, FeaturesOf(model));
    }

    /// <summary>The column of labels, whose keys of training say what the classes are; from version 2 on the names of the columns of scores and of predicted labels.</summary>
    internal static void Multiclass(Component component, Payload payload, ChainBuilder chain)
    {
        var (model, features) = Open(component, payload, chain, null);
        string? label = payload.TextOrNull();
        var names = new ClassColumnNames();
        if (payload.Version >= 0x00010002) names = new ClassColumnNames(payload.TextOrNull() ?? names.Score, payload.TextOrNull() ?? names.PredictedLabel);
        if (names.Score.Length == 0 || names.PredictedLabel.Length == 0 || names.Score == names.PredictedLabel) throw component.Invalid("its columns have no names of their own");
        KeyValues? labels = label is not null && component.View("TrainSchema", name => name == label).Schema.GetColumnOrNull(label) is { } column ? KeyValues.Of(column) : null;
        chain.LabelColumn ??= label;
        chain.Add(Classes(model, features, labels, names), [features], [names.PredictedLabel, names.Score], FeaturesOf(model));
    }

    /// <summary>The step that predicts one of the classes of a model, with the meanings of labels where they fit it.</summary>
    internal static ITransformer Classes(IScoringModel model, string features, KeyValues? labels, ClassColumnNames names) =>
        ScoringModelTable.Multiclass(model, features, new KeyDataViewType(typeof(uint), model.ScoreCount), labels?.Count == model.ScoreCount ? labels : null, names);

    internal static DataViewType FeaturesOf(IScoringModel model) => new VectorDataViewType(NumberDataViewType.Single, model.FeatureCount);

    private static (IScoringModel Model, string Features) Open(Component component, Payload payload, ChainBuilder chain, int? scores)
    {
        IScoringModel model = ComponentTables.ReadModel(component.Inner("Model"));
        if (scores is not null && model.ScoreCount != scores) throw component.Invalid($"its model gives {model.ScoreCount} scores, expected {scores}");
        // Many a time it is larger than the model: the names of all features. It is wanted for labels, and where the file does not say its columns.
        if (chain.Input is null) chain.TrainSchema = component.View("TrainSchema").Schema;
        return (model, payload.TextOrNull() ?? throw component.Invalid("not supported: it has no column of features"));
    }

    private static float Threshold(Component component, Payload payload)
    {
        float threshold = payload.Single();
        string column = payload.Text();
        return column == ScoreColumns.Score ? threshold : throw component.Invalid($"not supported: its threshold {threshold} is one of column '{column}'");
    }
}
