using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>
/// The mean of rows and the directions U along which they vary most. The score of a row x is the share of it that these do not explain:
/// √((‖x − m‖² − ‖U(x − m)‖²) / ‖x − m‖²), between 0 and 1; 0 for the mean itself. Sums are in double precision: where the directions explain nearly all, the score is
/// what is left of large numbers. Immutable.
/// </summary>
public sealed class PcaModelParameters : IScoringModel
{
    private readonly float[] _mean;
    private readonly float[] _directions;
    private readonly double[] _meanProjected;
    private readonly double _meanNorm;
    private readonly int _rank;

    /// <param name="mean">One per feature; zeros where it is not taken off.</param>
    /// <param name="directions">(rank, features), row-major.</param>
    internal PcaModelParameters(float[] mean, float[] directions)
    {
        (_mean, _directions, _rank) = (mean, directions, directions.Length / mean.Length);
        _meanNorm = Sum(mean, mean);
        _meanProjected = [.. Enumerable.Range(0, _rank).Select(i => Sum(Direction(i), mean))];
    }

    public string TypeId => "principal-components";

    public int FeatureCount => _mean.Length;

    public int ScoreCount => 1;

    /// <summary>Copies the directions, that of most variance first.</summary>
    /// <param name="vectors">One per direction, of length 1; reused where large enough.</param>
    /// <param name="rank">The number of directions.</param>
    public void GetEigenVectors(ref VBuffer<float>[] vectors, out int rank)
    {
        rank = _rank;
        if (vectors is null || vectors.Length < rank) Array.Resize(ref vectors, rank);
        for (int i = 0; i < rank; i++) Copy(Direction(i), ref vectors[i]);
    }

    /// <summary>Copies the mean of the training data; zeros where it was not taken off.</summary>
    public void GetMean(ref VBuffer<float> mean) => Copy(_mean, ref mean);

    public void Score(RowVector<float> features, Span<float> scores)
    {
        LinearWeights.CheckLength(features, FeatureCount);
        double all = DistanceFromMean(features), explained = 0;
        for (int i = 0; i < _rank; i++)
        {
            double component = DoubleSums.Dot(features, Direction(i)) - _meanProjected[i];
            explained += component * component;
        }
        // Rounding may explain a little more than there is.
        scores[0] = all > 0 ? (float)Math.Sqrt(Math.Max(0, all - explained) / all) : double.IsNaN(all) ? float.NaN : 0;
    }

    private double DistanceFromMean(RowVector<float> features)
    {
        if (features.IsDense) return DoubleSums.SquaredDistance(features.Values, _mean);
        double sum = _meanNorm;
        for (int i = 0; i < features.Values.Length; i++) sum += features.Values[i] * (features.Values[i] - 2.0 * _mean[features.Indices[i]]);
        return sum < 0 ? 0 : sum;
    }

    private ReadOnlySpan<float> Direction(int i) => _directions.AsSpan(i * FeatureCount, FeatureCount);

    private static double Sum(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int j = 0; j < a.Length; j++) sum += (double)a[j] * b[j];
        return sum;
    }

    private static void Copy(ReadOnlySpan<float> items, ref VBuffer<float> target)
    {
        var editor = VBufferEditor.Create(ref target, items.Length);
        items.CopyTo(editor.Values);
        target = editor.Commit();
    }

    public void Save(ModelStepWriter writer)
    {
        writer.WriteArray<float>("mean", _mean, FeatureCount);
        writer.WriteArray<float>("directions", _directions, _rank, FeatureCount);
    }

    internal static PcaModelParameters Load(ModelStepReader reader)
    {
        float[] mean = reader.ReadArray<float>("mean", -1);
        if (mean.Length == 0) throw reader.Invalid("it has no features");
        float[] directions = reader.ReadArray<float>("directions", -1, mean.Length);
        return LinearWeights.AreFinite(mean) && LinearWeights.AreFinite(directions) ? new PcaModelParameters(mean, directions) : throw reader.Invalid("its directions are not all finite numbers");
    }
}
