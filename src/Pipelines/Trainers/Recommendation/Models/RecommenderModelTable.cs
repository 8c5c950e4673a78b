namespace MLPipelines.Recommendation;

/// <summary>The kinds of recommender models that a model file may name, each with its loader.</summary>
internal static class RecommenderModelTable
{
    private static readonly Dictionary<string, Func<ModelStepReader, RecommenderModel>> Loaders = new(StringComparer.Ordinal)
    {
        [PopularityModel.KindName] = PopularityModel.Load,
        [EaseModel.KindName] = EaseModel.Load,
        [RatingBaselineModel.KindName] = RatingBaselineModel.Load,
        [RatingNeighboursModel.KindName] = RatingNeighboursModel.Load,
        [BiasedFactorizationModel.KindName] = BiasedFactorizationModel.Load,
        [ItemNeighboursModel.KindName] = ItemNeighboursModel.Load,
        [ImplicitAlsModel.KindName] = ImplicitAlsModel.Load,
        [BprModel.KindName] = BprModel.Load,
    };

    internal static void Save(RecommenderModel model, ModelStepWriter writer)
    {
        writer.Set("kind", model.Kind);
        model.Save(writer.Section("model"));
    }

    internal static RecommenderModel Load(ModelStepReader reader) =>
        Loaders.TryGetValue(reader.GetString("kind"), out var load) ? load(reader.Section("model"))
            : throw reader.Invalid($"recommender models of the kind '{reader.GetString("kind")}' are not known to this version of the library");
}
