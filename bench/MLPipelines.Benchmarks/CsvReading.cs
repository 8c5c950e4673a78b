using System.Globalization;
using BenchmarkDotNet.Attributes;
using MLPipelines.Data;

namespace MLPipelines.Benchmarks;

/// <summary>Reading CSV files: 50,000 rows of two texts (about 5 MB), and 50,000 rows of ten numbers (about 4.6 MB).</summary>
[MemoryDiagnoser]
public class CsvReading
{
    private const int Rows = 50_000;

    private readonly TemporaryFolder _folder = new();
    private IDataView _texts = null!, _numbers = null!;

    [GlobalSetup]
    public void Write()
    {
        using (var writer = new StreamWriter(_folder["texts.csv"]))
        {
            writer.Write("text,category\n");
            foreach (LabelledText row in GeneratedTexts.Make(Rows, labels: 40, seed: 1))
                writer.Write($"\"{row.Text}\",{row.Category}\n");
        }
        var random = new Random(1);
        using (var writer = new StreamWriter(_folder["numbers.csv"]))
        {
            writer.Write("a,b,c,d,e,f,g,h,i,j\n");
            for (int row = 0; row < Rows; row++)
            {
                for (int column = 0; column < 10; column++)
                {
                    writer.Write(((random.NextDouble() - 0.5) * 2000).ToString("F5", CultureInfo.InvariantCulture));
                    writer.Write(column < 9 ? ',' : '\n');
                }
            }
        }
        var context = new MLContext(1);
        _texts = context.Data.LoadFromTextFile<LabelledText>(_folder["texts.csv"], separatorChar: ',', hasHeader: true, allowQuoting: true);
        _numbers = context.Data.LoadFromTextFile(_folder["numbers.csv"], [new TextLoader.Column("Features", DataKind.Single, 0, 9)], separatorChar: ',', hasHeader: true);
    }

    [GlobalCleanup]
    public void Delete() => _folder.Dispose();

    [Benchmark(Description = "rows only")]
    public long RowsOnly() => Views.CountRows(_texts);

    [Benchmark(Description = "one text column")]
    public long OneTextColumn() => Views.ReadAll(_texts, nameof(LabelledText.Text));

    [Benchmark(Description = "ten numbers")]
    public long Numbers() => Views.ReadAll(_numbers);
}
