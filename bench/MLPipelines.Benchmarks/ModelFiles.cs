using BenchmarkDotNet.Attributes;
using MLPipelines.Data;

namespace MLPipelines.Benchmarks;

/// <summary>Saving and loading a text classifier.</summary>
[MemoryDiagnoser]
public class ModelFiles
{
    private readonly MLContext _context = new(1);
    private readonly TemporaryFolder _folder = new();
    private ITransformer _model = null!;
    private DataViewSchema _schema = null!;

    [ParamsSource(nameof(Sets))]
    public string Set { get; set; } = "";

    public static IEnumerable<string> Sets => TextSet.Names;

    [GlobalSetup]
    public void Train()
    {
        (_model, _schema) = TrainedModel.Train(_context, TextSet.Of(Set));
        Save();
        File.Copy(_folder["saved.zip"], _folder["model.zip"]);
    }

    [GlobalCleanup]
    public void Delete() => _folder.Dispose();

    [Benchmark(Description = "load")]
    public ITransformer Load() => _context.Model.Load(_folder["model.zip"], out _);

    [Benchmark(Description = "save")]
    public void Save() => _context.Model.Save(_model, _schema, _folder["saved.zip"]);
}
