using BenchmarkDotNet.Attributes;

namespace MLPipelines.Benchmarks;

/// <summary>Texts to features, with default settings: learning the n-grams, and applying them to the texts that they were learned from.</summary>
[MemoryDiagnoser]
public class TextFeatures
{
    private readonly MLContext _context = new(1);
    private IDataView _rows = null!, _vectorized = null!, _featurized = null!;

    [ParamsSource(nameof(Sets))]
    public string Set { get; set; } = "";

    public static IEnumerable<string> Sets => TextSet.Names;

    [GlobalSetup]
    public void Load()
    {
        _rows = TextSet.Rows(_context, TextSet.Of(Set));
        _vectorized = FitVectorizeText().Transform(_rows);
        _featurized = FitFeaturizeText().Transform(_rows);
    }

    [Benchmark(Description = "VectorizeText, fit")]
    public ITransformer FitVectorizeText() => _context.Transforms.Text.VectorizeText("Features", null, nameof(LabelledText.Text)).Fit(_rows);

    [Benchmark(Description = "VectorizeText, transform")]
    public long VectorizeText() => Views.ReadAll(_vectorized, "Features");

    [Benchmark(Description = "FeaturizeText, fit")]
    public ITransformer FitFeaturizeText() => _context.Transforms.Text.FeaturizeText("Features", nameof(LabelledText.Text)).Fit(_rows);

    [Benchmark(Description = "FeaturizeText, transform")]
    public long FeaturizeText() => Views.ReadAll(_featurized, "Features");
}
