using MLPipelines.Data;
using MLPipelines.Trainers;

namespace MLPipelines.Tests.Trainers.Linear;

/// <summary><see cref="WaveData"/> as rows of a view.</summary>
internal sealed class WaveRow
{
    [VectorType(4)]
    public float[] Features { get; set; } = [];

    [KeyType(3)]
    public uint Class { get; set; }

    public bool IsSecond { get; set; }

    public float Number { get; set; }

    public float Weight { get; set; }

    internal static IDataView View(MLContext context, int rows = 60)
    {
        FeatureMatrix features = WaveData.Dense(rows);
        int[] classes = WaveData.ThreeClasses(rows);
        float[] numbers = WaveData.Numbers(rows), weights = WaveData.Weights(rows);
        return context.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(i => new WaveRow
        {
            Features = features[i].Values.ToArray(),
            Class = (uint)classes[i],
            IsSecond = classes[i] == 1,
            Number = numbers[i],
            Weight = weights[i],
        }).ToList());
    }
}
