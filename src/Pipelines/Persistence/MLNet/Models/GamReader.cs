using MLPipelines.Trainers.FastTree;

namespace MLPipelines.Persistence.MLNet;

/// <summary>The number of functions, the number of features, the intercept; what the steps of each function add, after their number; up to where the steps of each go; how many features have a function, and of each its index and that of the function.</summary>
internal static class GamReader
{
    internal static IScoringModel Binary(Component component, Payload payload) =>
        NestedModelReaders.CalibratedIfSo(component, new GamBinaryModelParameters(Shapes(component, payload)));

    internal static IScoringModel Regression(Component component, Payload payload) => new GamRegressionModelParameters(Shapes(component, payload));

    private static ShapeFunctions Shapes(Component component, Payload payload)
    {
        int count = payload.Count(4), featureCount = payload.Int32(1, int.MaxValue, "the number of features");
        component.Claim(featureCount, "features");
        double intercept = payload.Double();
        double[][] effects = new double[count][], bounds = new double[count][];
        for (int i = 0; i < count; i++) effects[i] = payload.Array<double>();
        bool fits = double.IsFinite(intercept);
        for (int i = 0; i < count; i++)
        {
            bounds[i] = payload.Array<double>(effects[i].Length);
            fits &= effects[i].Length > 0 && Array.TrueForAll(effects[i], double.IsFinite) && double.IsPositiveInfinity(bounds[i][^1]);
            for (int bin = 1; bin < bounds[i].Length; bin++) fits &= bounds[i][bin] > bounds[i][bin - 1];
        }
        if (!fits) throw component.Invalid("its functions are not all finite numbers of rising bounds");
        var functions = new SortedDictionary<int, int>();
        for (int left = payload.Count(8); left > 0; left--)
        {
            int feature = payload.Int32(0, featureCount - 1, "a feature"), function = payload.Int32(0, count - 1, "a function");
            if (!functions.TryAdd(feature, function)) throw component.Invalid($"feature {feature} has two functions");
        }
        // A value that is missing is above every bound but the last, and what no feature has adds what it is at 0.
        intercept += Enumerable.Range(0, count).Except(functions.Values).Sum(i => effects[i][Array.FindIndex(bounds[i], bound => bound >= 0)]);
        double[][] ordered = [.. functions.Values.Select(i => effects[i])];
        return new ShapeFunctions(featureCount, [.. functions.Keys], [.. functions.Values.Select(i => bounds[i])], ordered, [.. ordered.Select(steps => steps[^1])], intercept);
    }
}
