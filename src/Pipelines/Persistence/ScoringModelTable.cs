using MLPipelines.Calibrators;
using MLPipelines.Data;
using MLPipelines.Trainers;
using MLPipelines.Trainers.FastTree;
using MLPipelines.Trainers.LightGbm;

namespace MLPipelines.Persistence;

/// <summary>The kinds of models that a prediction step may hold.</summary>
internal static class ScoringModelTable
{
    private static readonly Dictionary<string, Kind> Kinds = Table().ToDictionary(kind => kind.TypeId, StringComparer.Ordinal);

    private static IEnumerable<Kind> Table() =>
    [
        new Kind<QuantizedLinearModel>("quantized-linear", QuantizedLinearModel.Load),
        new Kind<LinearBinaryModelParameters>("linear-binary", LinearBinaryModelParameters.Load),
        new Kind<LinearRegressionModelParameters>("linear-regression", LinearRegressionModelParameters.Load),
        new Kind<LinearMulticlassModelParameters>("linear-multiclass", LinearMulticlassModelParameters.Load),
        new Kind<MaximumEntropyModelParameters>("maximum-entropy", MaximumEntropyModelParameters.Load),
        new Kind<CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>>("calibrated-linear-binary", CalibratedLinearModelParameters.Load),
        new Kind<ConstantScoreModel>("constant-score", ConstantScoreModel.Load),
        new Kind<OneVersusAllModelParameters>("one-versus-all", OneVersusAllModelParameters.Load),
        new Kind<CalibratedScoringModel>("calibrated-score", CalibratedScoringModel.Load),
        new Kind<PairwiseCouplingModelParameters>("pairwise-coupling", PairwiseCouplingModelParameters.Load),
        new Kind<PoissonRegressionModelParameters>("poisson-regression", PoissonRegressionModelParameters.Load),
        new Kind<OlsModelParameters>("ordinary-least-squares", OlsModelParameters.Load),
        new Kind<NaiveBayesMulticlassModelParameters>("naive-bayes", NaiveBayesMulticlassModelParameters.Load),
        new Kind<LdSvmModelParameters>("local-deep-svm", LdSvmModelParameters.Load),
        new Kind<PriorModelParameters>("prior", PriorModelParameters.Load),
        new Kind<KMeansModelParameters>("k-means", KMeansModelParameters.Load),
        new Kind<PcaModelParameters>("principal-components", PcaModelParameters.Load),
        new Kind<IsolationForestModelParameters>("isolation-forest", IsolationForestModelParameters.Load),
        new Kind<FastTreeBinaryModelParameters>(FastTreeBinaryModelParameters.Kind, FastTreeBinaryModelParameters.Load),
        Calibrated(FastTreeBinaryModelParameters.Kind, FastTreeBinaryModelParameters.Load),
        new Kind<FastTreeRegressionModelParameters>(FastTreeRegressionModelParameters.Kind, FastTreeRegressionModelParameters.Load),
        new Kind<FastTreeRankingModelParameters>(FastTreeRankingModelParameters.Kind, FastTreeRankingModelParameters.Load),
        new Kind<FastTreeTweedieModelParameters>(FastTreeTweedieModelParameters.Kind, FastTreeTweedieModelParameters.Load),
        new Kind<FastForestBinaryModelParameters>(FastForestBinaryModelParameters.Kind, FastForestBinaryModelParameters.Load),
        new Kind<FastForestRegressionModelParameters>(FastForestRegressionModelParameters.Kind, FastForestRegressionModelParameters.Load),
        new Kind<GamBinaryModelParameters>(GamBinaryModelParameters.Kind, GamBinaryModelParameters.Load),
        Calibrated(GamBinaryModelParameters.Kind, GamBinaryModelParameters.Load),
        new Kind<GamRegressionModelParameters>(GamRegressionModelParameters.Kind, GamRegressionModelParameters.Load),
        new Kind<LightGbmBinaryModelParameters>(LightGbmBinaryModelParameters.Kind, LightGbmBinaryModelParameters.Load),
        Calibrated(LightGbmBinaryModelParameters.Kind, LightGbmBinaryModelParameters.Load),
        new Kind<LightGbmRegressionModelParameters>(LightGbmRegressionModelParameters.Kind, LightGbmRegressionModelParameters.Load),
        new Kind<LightGbmRankingModelParameters>(LightGbmRankingModelParameters.Kind, LightGbmRankingModelParameters.Load),
    ];

    /// <summary>Adds a kind of model from another assembly.</summary>
    internal static void Register<TModel>(string typeId, Func<ModelStepReader, TModel> load) where TModel : class, IScoringModel
    {
        lock (Kinds) Kinds[typeId] = new Kind<TModel>(typeId, load);
    }

    private static Kind<CalibratedModelParametersBase<TModel, PlattCalibrator>> Calibrated<TModel>(string typeId, Func<ModelStepReader, TModel> load) where TModel : class, IScoringModel =>
        new(SigmoidModelParameters<TModel>.KindOf(typeId), reader => SigmoidModelParameters<TModel>.Load(reader, load));

    /// <summary>Loads a model that is part of another one.</summary>
    internal static IScoringModel LoadModel(ModelStepReader reader) => KindOf(reader).Load(reader.Section("model"));

    internal static ITransformer LoadRegression(ModelStepReader reader) => KindOf(reader).Regression(Model(reader, 1), reader.GetString("features"));

    internal static ITransformer LoadRanking(ModelStepReader reader) => KindOf(reader).Ranking(Model(reader, 1), reader.GetString("features"));

    internal static ITransformer LoadBinary(ModelStepReader reader) =>
        KindOf(reader).Binary(Model(reader, 1), reader.GetString("features"), (float)reader.GetDouble("threshold"));

    internal static ITransformer LoadMulticlass(ModelStepReader reader)
    {
        int classes = reader.GetInt32("classes");
        if (classes <= 0) throw reader.Invalid($"it has {classes} classes, expected at least 1");
        IScoringModel model = Model(reader, classes);
        KeyValues? labels = reader.GetBoolean("labelled") ? KeyValues.Load(reader.Section("labels")) : null;
        if (labels is not null && labels.Count != classes) throw reader.Invalid($"it has {labels.Count} labels for {classes} classes");
        return KindOf(reader).Multiclass(model, reader.GetString("features"), new KeyDataViewType(typeof(uint), classes), labels, ClassColumnNames.Load(reader));
    }

    internal static ITransformer LoadClustering(ModelStepReader reader) => KindOf(reader).Clustering(Model(reader), reader.GetString("features"));

    internal static ITransformer LoadAnomaly(ModelStepReader reader) =>
        KindOf(reader).Anomaly(Model(reader, 1), reader.GetString("features"), (float)reader.GetDouble("threshold"));

    /// <summary>Makes the step that predicts with a model, by the type of the model.</summary>
    internal static ITransformer Regression(IScoringModel model, string features) => KindOf(model).Regression(model, features);

    internal static ITransformer Ranking(IScoringModel model, string features) => KindOf(model).Ranking(model, features);

    internal static ITransformer Binary(IScoringModel model, string features, float threshold) => KindOf(model).Binary(model, features, threshold);

    internal static ITransformer Multiclass(IScoringModel model, string features, KeyDataViewType labelType, KeyValues? labels, ClassColumnNames names) =>
        KindOf(model).Multiclass(model, features, labelType, labels, names);

    internal static ITransformer Clustering(IScoringModel model, string features) => KindOf(model).Clustering(model, features);

    internal static ITransformer Anomaly(IScoringModel model, string features, float threshold) => KindOf(model).Anomaly(model, features, threshold);

    private static Kind KindOf(IScoringModel model) => Find(model.TypeId) ?? throw new NotSupportedException($"Models of type '{model.TypeId}' are not known.");

    private static IScoringModel Model(ModelStepReader reader, int? scores = null)
    {
        IScoringModel model = KindOf(reader).Load(reader.Section("model"));
        return scores is null || model.ScoreCount == scores ? model : throw reader.Section("model").Invalid($"the model gives {model.ScoreCount} scores, expected {scores}");
    }

    private static Kind KindOf(ModelStepReader reader)
    {
        string typeId = reader.GetString("model-type");
        if (Find(typeId) is { } known) return known;
        if (OtherAssemblies.NameOf(typeId) is not { } assembly) throw reader.Invalid($"models of type '{typeId}' are not known to this version of the library");
        if (OtherAssemblies.Load(typeId) && Find(typeId) is { } registered) return registered;
        throw reader.Invalid($"models of type '{typeId}' are read by the assembly {assembly}, which this program does not have; add a reference to it");
    }

    /// <summary>The names of all kinds that are known now.</summary>
    internal static string[] TypeIds
    {
        get
        {
            lock (Kinds) return [.. Kinds.Keys];
        }
    }

    private static Kind? Find(string typeId)
    {
        lock (Kinds) return Kinds.GetValueOrDefault(typeId);
    }

    /// <summary>Loads one kind of model and wraps it with its own type.</summary>
    private abstract class Kind(string typeId)
    {
        internal string TypeId => typeId;

        internal abstract IScoringModel Load(ModelStepReader reader);

        internal abstract ITransformer Regression(IScoringModel model, string features);

        internal abstract ITransformer Ranking(IScoringModel model, string features);

        internal abstract ITransformer Binary(IScoringModel model, string features, float threshold);

        internal abstract ITransformer Multiclass(IScoringModel model, string features, KeyDataViewType labelType, KeyValues? labels, ClassColumnNames names);

        internal abstract ITransformer Clustering(IScoringModel model, string features);

        internal abstract ITransformer Anomaly(IScoringModel model, string features, float threshold);
    }

    private sealed class Kind<TModel>(string typeId, Func<ModelStepReader, TModel> load) : Kind(typeId) where TModel : class, IScoringModel
    {
        internal override IScoringModel Load(ModelStepReader reader) => load(reader);

        internal override ITransformer Regression(IScoringModel model, string features) => new RegressionPredictionTransformer<TModel>((TModel)model, features);

        internal override ITransformer Ranking(IScoringModel model, string features) => new RankingPredictionTransformer<TModel>((TModel)model, features);

        internal override ITransformer Binary(IScoringModel model, string features, float threshold) => new BinaryPredictionTransformer<TModel>((TModel)model, features, threshold);

        internal override ITransformer Multiclass(IScoringModel model, string features, KeyDataViewType labelType, KeyValues? labels, ClassColumnNames names) =>
            new MulticlassPredictionTransformer<TModel>((TModel)model, features, labelType, labels) { Names = names };

        internal override ITransformer Clustering(IScoringModel model, string features) => new ClusteringPredictionTransformer<TModel>((TModel)model, features);

        internal override ITransformer Anomaly(IScoringModel model, string features, float threshold) => new AnomalyPredictionTransformer<TModel>((TModel)model, features, threshold);
    }
}
