using MLPipelines.Data;
using MLPipelines.Trainers;
using MLPipelines.Trainers.FastTree;
using MLPipelines.Trainers.LightGbm;

namespace MLPipelines.Persistence.MLNet;

/// <summary>
/// Steps of old files that predict: the model is the component <c>SchemaBindableMapper/Predictor</c>. The payload is what is put after the names of the columns, and how many columns the model has, each with what it is for and
/// its name; a step of two classes then has the kind and the column of scores, the size of a number and the threshold.
/// </summary>
internal static class ScorerReaders
{
    private const string Feature = "Feature";

    internal static void Scorer(Component component, Payload payload, ChainBuilder chain)
    {
        Component mapper = component.Inner("SchemaBindableMapper");
        if (mapper.Header.Loader is not ("SchemaBindableWrapper" or "BinarySchemaBindable")) throw ComponentTables.Unknown(mapper, "step");
        IScoringModel model = ComponentTables.ReadModel(mapper.Inner("Predictor"));
        string suffix = payload.Text();
        if (suffix.Length > 0) throw component.Invalid($"not supported: '{suffix}' after the names of its columns");
        string? features = null;
        for (int left = payload.Count(8); left > 0; left--)
        {
            string role = payload.Name(), column = payload.Name();
            if (role == Feature) features = column;
            else if (role == "Label") chain.LabelColumn ??= column;
        }
        float threshold = 0;
        if (component.Header.Loader == "BinClassScoreTransform")
        {
            payload.Text();
            payload.Text();
            payload.SizeOfSingle();
            threshold = payload.Single();
        }
        Add(chain, model, features ?? throw component.Invalid("it has no column of features"), threshold);
    }

    /// <summary>Adds the step that predicts with a model, by the task that models of its kind are for.</summary>
    internal static void Add(ChainBuilder chain, IScoringModel model, string features, float threshold = 0)
    {
        KeyValues? labels = chain.LabelColumn is { } label && chain.Schema?.GetColumnOrNull(label) is { } column && RawTypes.AnyItemTypeOf(column.Type) is KeyDataViewType ? KeyValues.Of(column) : null;
        var (step, outputs) = StepOf(model, features, threshold, labels);
        chain.Add(step, [features], outputs, PredictionReaders.FeaturesOf(model));
    }

    private static (ITransformer Step, string[] Outputs) StepOf(IScoringModel model, string features, float threshold, KeyValues? labels) => model switch
    {
        KMeansModelParameters => (ScoringModelTable.Clustering(model, features), [ScoreColumns.PredictedLabel, ScoreColumns.Score]),
        PcaModelParameters => (ScoringModelTable.Anomaly(model, features, 0.5f), [ScoreColumns.PredictedLabel, ScoreColumns.Score]),
        OneVersusAllModelParameters or LinearMulticlassModelParametersBase or NaiveBayesMulticlassModelParameters =>
            (PredictionReaders.Classes(model, features, labels, new ClassColumnNames()), [ScoreColumns.PredictedLabel, ScoreColumns.Score]),
        RegressionModelParameters or FastTreeRegressionModelParameters or FastTreeTweedieModelParameters or LightGbmRegressionModelParameters or GamRegressionModelParameters =>
            (ScoringModelTable.Regression(model, features), [ScoreColumns.Score]),
        FastTreeRankingModelParameters or LightGbmRankingModelParameters => (ScoringModelTable.Ranking(model, features), [ScoreColumns.Score]),
        _ => (ScoringModelTable.Binary(model, features, threshold), [ScoreColumns.PredictedLabel, ScoreColumns.Score, ScoreColumns.Probability]),
    };
}
