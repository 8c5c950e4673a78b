using MLPipelines.Data;
using MLPipelines.Trainers;
using MLPipelines.Transforms;

namespace MLPipelines.Persistence.MLNet;

/// <summary>Pairs, of which the first names the features; how many of the largest and of the smallest contributions are kept, and whether they are scaled. The model is a component of its own, <c>Predictor</c>.</summary>
internal static class ContributionReader
{
    internal static void Read(Component component, Payload payload, ChainBuilder chain)
    {
        string features = payload.Pairs()[0].InputColumnName;
        int top = payload.Int32(0, int.MaxValue, "the number of contributions"), bottom = payload.Int32(0, int.MaxValue, "the number of contributions");
        bool normalize = payload.Bool();
        if (ScoreContributions.Find(ComponentTables.ReadModel(component.Inner("Predictor"))) is not { } model) throw component.Invalid("its model is of a kind whose scores are no sums of contributions");
        chain.Add(new FeatureContributionCalculatingTransformer(model, features, top, bottom, normalize), [features], [FeatureContributionCalculatingTransformer.ColumnName]);
    }
}
