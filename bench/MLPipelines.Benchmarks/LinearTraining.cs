using BenchmarkDotNet.Attributes;
using MLPipelines.Trainers;

namespace MLPipelines.Benchmarks;

/// <summary>Linear trainers on the n-grams of VectorizeText, which are computed beforehand.</summary>
[MemoryDiagnoser]
public class LinearTraining
{
    private readonly MLContext _context = new(1);
    private IDataView _features = null!;

    [ParamsSource(nameof(Sets))]
    public string Set { get; set; } = "";

    public static IEnumerable<string> Sets => TextSet.Names;

    [GlobalSetup]
    public void Load()
    {
        IDataView rows = TextSet.Rows(_context, TextSet.Of(Set));
        _features = _context.Data.Cache(_context.Transforms.Text.VectorizeText("Features", null, nameof(LabelledText.Text)).Fit(rows).Transform(rows), "Features", "Label");
        Views.ReadAll(_features);
    }

    /// <summary>One training: with a given temperature no part of the rows is held back to find one.</summary>
    [Benchmark(Description = "LinearSvm")]
    public ITransformer LinearSvm() =>
        _context.MulticlassClassification.Trainers.LinearSvm(options: new LinearSvmMulticlassOptions { InverseTemperature = 1 }).Fit(_features);

    [Benchmark(Description = "SdcaMaximumEntropy")]
    public ITransformer SdcaMaximumEntropy() => _context.MulticlassClassification.Trainers.SdcaMaximumEntropy().Fit(_features);
}
