using MLPipelines.Trainers.FastTree;
using MLPipelines.Trainers.LightGbm;
using MLPipelines.Trainers.Trees;

namespace MLPipelines.Persistence.MLNet;

/// <summary>
/// The size of a number, the number of trees, the trees, a bias that predictions leave out, a string that means nothing any more; the string of the options, and the number of features. Versions differ in
/// what trees have: for missing values from one version on, categories from the next.
/// </summary>
internal static class TreeReaders
{
    internal static IScoringModel FastTreeBinary(Component component, Payload payload) =>
        NestedModelReaders.CalibratedIfSo(component, new FastTreeBinaryModelParameters(Ensemble(component, payload, 0x00010004)));

    internal static IScoringModel FastTreeRegression(Component component, Payload payload) => new FastTreeRegressionModelParameters(Ensemble(component, payload, 0x00010004));

    internal static IScoringModel FastTreeRanking(Component component, Payload payload) => new FastTreeRankingModelParameters(Ensemble(component, payload, 0x00010004));

    internal static IScoringModel FastTreeTweedie(Component component, Payload payload) => new FastTreeTweedieModelParameters(Ensemble(component, payload, 0x00010002));

    internal static IScoringModel FastForestBinary(Component component, Payload payload) =>
        NestedModelReaders.CalibratedIfSo(component, new FastForestBinaryModelParameters(Ensemble(component, payload, 0x00010005, isForest: true)));

    internal static IScoringModel LightGbmBinary(Component component, Payload payload) =>
        NestedModelReaders.CalibratedIfSo(component, new LightGbmBinaryModelParameters(Ensemble(component, payload, 0x00010004)));

    internal static IScoringModel LightGbmRegression(Component component, Payload payload) => new LightGbmRegressionModelParameters(Ensemble(component, payload, 0x00010004));

    internal static IScoringModel LightGbmRanking(Component component, Payload payload) => new LightGbmRankingModelParameters(Ensemble(component, payload, 0x00010004));

    /// <param name="component">The model.</param>
    /// <param name="payload">Its payload.</param>
    /// <param name="missingFrom">The version from which on nodes say what missing values count as; categories came with the next one.</param>
    /// <param name="isForest">Whether leaves are of a mean of trees: our forests divide by the number of trees.</param>
    private static TreeEnsemble Ensemble(Component component, Payload payload, uint missingFrom, bool isForest = false)
    {
        payload.SizeOfSingle();
        int count = payload.Count(21);
        var trees = new DecisionTree[count];
        var reader = new TreeReader(component, payload, payload.Version >= missingFrom, payload.Version > missingFrom, isForest ? count : 1);
        for (int t = 0; t < count; t++) trees[t] = reader.Read(t);
        payload.Double();
        payload.TextOrNull();
        payload.TextOrNull();
        int features = payload.Int32(0, int.MaxValue, "the number of features");
        // Old writers did not know it.
        if (features == 0) features = trees.SelectMany(tree => tree.Features).DefaultIfEmpty(-1).Max() + 1;
        for (int t = 0; t < count; t++)
            if (TreeEnsembleFormat.Problem(trees[t], features) is { } problem) throw component.Invalid($"tree {t}: {problem}");
        return new TreeEnsemble(features, 1, trees, [0]);
    }
}
