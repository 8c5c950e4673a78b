namespace MLPipelines.TimeSeries;

/// <summary>The kinds of models of series that a model file may name, each with its loader.</summary>
internal static class SeriesModelTable
{
    private static readonly Dictionary<string, Func<SeriesModelReader, double[], SeriesModel>> Loaders = new(StringComparer.Ordinal)
    {
        [SeasonalNaiveModel.KindName] = SeasonalNaiveModel.Load,
        [ArimaModel.KindName] = ArimaModel.Load,
        [MultipleSeasonsModel.KindName] = MultipleSeasonsModel.Load,
        [SeasonalRegressionModel.KindName] = SeasonalRegressionModel.Load,
        [BoxCoxModel.KindName] = BoxCoxModel.Load,
        [SeasonallyAdjustedModel.KindName] = SeasonallyAdjustedModel.Load,
        [EtsModel.KindName] = EtsModel.Load,
        [ThetaModel.KindName] = ThetaModel.Load,
        [CombinationModel.KindName] = CombinationModel.Load,
        [SsaModel.KindName] = SsaModel.Load,
    };

    internal static Func<SeriesModelReader, double[], SeriesModel> LoaderOf(string kind, SeriesModelReader reader) =>
        Loaders.TryGetValue(kind, out var loader) ? loader : throw reader.Invalid($"series models of the kind '{kind}' are not known to this version of the library");
}
