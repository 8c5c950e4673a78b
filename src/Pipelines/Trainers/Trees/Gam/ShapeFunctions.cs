using MLPipelines.Data;

namespace MLPipelines.Trainers.FastTree;

/// <summary>A number and one step function for each of some features, all of which are added up. Immutable.</summary>
internal sealed class ShapeFunctions
{
    private readonly int[] _features;
    private readonly double[][] _bounds;
    private readonly double[][] _effects;
    private readonly double[] _missing;

    // The function of each feature, or −1; and what it is at 0, for vectors that store no zeros.
    private readonly int[] _functions;
    private readonly double[] _atZero;
    private readonly double _allZero;

    internal ShapeFunctions(int featureCount, int[] features, double[][] bounds, double[][] effects, double[] missing, double intercept)
    {
        (FeatureCount, _features, _bounds, _effects, _missing, Intercept) = (featureCount, features, bounds, effects, missing, intercept);
        _functions = new int[featureCount];
        Array.Fill(_functions, -1);
        for (int i = 0; i < features.Length; i++) _functions[features[i]] = i;
        _atZero = [.. Enumerable.Range(0, features.Length).Select(i => Effect(i, 0))];
        _allZero = intercept + _atZero.Sum();
    }

    internal int FeatureCount { get; }

    internal int Count => _features.Length;

    internal double Intercept { get; }

    internal double[] BoundsOf(int feature) => FunctionOf(feature) is >= 0 and var i ? [.. _bounds[i]] : [];

    internal double[] EffectsOf(int feature) => FunctionOf(feature) is >= 0 and var i ? [.. _effects[i]] : [];

    /// <summary>What a value of a feature adds to the score.</summary>
    internal double EffectOf(int feature, float value) => FunctionOf(feature) is >= 0 and var i ? Effect(i, value) : 0;

    internal double Score(RowVector<float> features)
    {
        if (features.Length != FeatureCount) throw new ArgumentException($"A vector of {FeatureCount} features expected, {features.Length} found.", nameof(features));
        double score = features.IsDense ? Intercept : _allZero;
        if (features.IsDense)
        {
            for (int i = 0; i < _features.Length; i++) score += Effect(i, features.Values[_features[i]]);
            return score;
        }
        for (int item = 0; item < features.Values.Length; item++)
            if (_functions[features.Indices[item]] is >= 0 and var i) score += Effect(i, features.Values[item]) - _atZero[i];
        return score;
    }

    private int FunctionOf(int feature) => feature >= 0 && feature < FeatureCount ? _functions[feature]
        : throw new ArgumentOutOfRangeException(nameof(feature), feature, $"The model has {FeatureCount} features, counted from 0.");

    private double Effect(int function, float value)
    {
        if (float.IsNaN(value)) return _missing[function];
        int found = Array.BinarySearch(_bounds[function], value);
        return _effects[function][found >= 0 ? found : ~found];
    }

    internal void Save(ModelStepWriter writer)
    {
        writer.Set("featureCount", FeatureCount);
        writer.Set("intercept", Intercept);
        writer.WriteArray<int>("features", _features, _features.Length);
        writer.WriteArray<int>("bins", [.. _effects.Select(effects => effects.Length)], _features.Length);
        writer.WriteArray<double>("bounds", [.. _bounds.SelectMany(bounds => bounds)], _bounds.Sum(bounds => bounds.Length));
        writer.WriteArray<double>("effects", [.. _effects.SelectMany(effects => effects)], _effects.Sum(effects => effects.Length));
        writer.WriteArray<double>("missing", _missing, _missing.Length);
    }

    internal static ShapeFunctions Load(ModelStepReader reader)
    {
        int count = reader.GetInt32("featureCount");
        int[] features = reader.ReadArray<int>("features", -1), bins = reader.ReadArray<int>("bins", features.Length);
        bool fits = count > 0;
        for (int i = 0; i < features.Length; i++) fits &= features[i] >= 0 && features[i] < count && (i == 0 || features[i] > features[i - 1]) && bins[i] > 0;
        if (!fits) throw reader.Invalid("its functions do not fit the features");
        long sum = bins.Sum(n => (long)n);
        if (sum > int.MaxValue) throw reader.Invalid($"it has {sum} bins");
        double[] allBounds = reader.ReadArray<double>("bounds", (int)sum), allEffects = reader.ReadArray<double>("effects", (int)sum);
        double[] missing = reader.ReadArray<double>("missing", features.Length);
        double[][] bounds = new double[features.Length][], effects = new double[features.Length][];
        for (int i = 0, next = 0; i < features.Length; next += bins[i++])
        {
            (bounds[i], effects[i]) = (allBounds[next..(next + bins[i])], allEffects[next..(next + bins[i])]);
            for (int bin = 1; bin < bins[i]; bin++) fits &= bounds[i][bin] > bounds[i][bin - 1];
            fits &= double.IsPositiveInfinity(bounds[i][^1]);
        }
        double intercept = reader.GetDouble("intercept");
        fits &= Array.TrueForAll(allEffects, double.IsFinite) && Array.TrueForAll(missing, double.IsFinite) && double.IsFinite(intercept);
        return fits ? new ShapeFunctions(count, features, bounds, effects, missing, intercept) : throw reader.Invalid("its functions are not all finite numbers of rising bounds");
    }
}
