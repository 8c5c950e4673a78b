using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Persistence.MLNet;

/// <summary>Whatever is changed in a model of ML.NET: a clear error or an answer, soon and with little memory.</summary>
public sealed class MLNetDamageTests
{
    /// <summary>How many flips are tried; a number in the environment variable replaces it.</summary>
    private const string FlipsVariable = "MLPIPELINES_MLNET_FLIPS";

    private const int UsualFlips = 400;
    private const long MostBytes = 500L << 20;
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(2);

    [DatasetFact(MLNetFolder.Name)]
    public void Flipped_bits_of_files_and_of_entries_end_in_an_error_or_an_answer()
    {
        int flips = int.TryParse(Environment.GetEnvironmentVariable(FlipsVariable), CultureInfo.InvariantCulture, out int given) ? given : UsualFlips;
        // The largest take longer to unpack than all that is tried with them.
        string[] files = [.. MLNetFolder.Files.Where(file => !MLNetFolder.NotLoaded.ContainsKey(file) && new FileInfo(MLNetFolder.PathOf(file)).Length < 300_000)];
        var bytes = files.ToDictionary(file => file, file => File.ReadAllBytes(MLNetFolder.PathOf(file)), StringComparer.Ordinal);
        var random = new Random(20261);
        for (int i = 0; i < flips; i++)
        {
            string file = files[random.Next(files.Length)];
            byte[] damaged = i % 4 == 0 ? Flip(bytes[file], random) : FlipEntry(bytes[file], random);
            Check(damaged, $"flip {i} of {file}");
        }
    }

    [DatasetFact(MLNetFolder.Name)]
    public void Files_that_are_cut_off_are_errors()
    {
        byte[] file = File.ReadAllBytes(MLNetFolder.PathOf("ml-backcompat-ep_model2.zip"));
        for (int length = 0; length < file.Length; length += 97)
            Assert.Throws<MLPipelinesException>(() => new MLContext(1).Model.Load(new MemoryStream(file[..length]), out _));
    }

    [DatasetFact(MLNetFolder.Name)]
    public void Entries_that_are_cut_off_end_in_an_error_or_an_answer()
    {
        byte[] file = File.ReadAllBytes(MLNetFolder.PathOf("ml-backcompat-ep_model2.zip"));
        var random = new Random(7);
        for (int i = 0; i < 100; i++) Check(Rewrite(file, random, content => content[..random.Next(content.Length)]), $"cut {i}");
    }

    private static void Check(byte[] file, string what)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        try
        {
            ITransformer model = new MLContext(1).Model.Load(new MemoryStream(file), out DataViewSchema schema);
            if (schema.Count > 0) Answer(model, schema);
        }
        catch (Exception e) when (e is MLPipelinesException or ArgumentException)
        {
            Assert.NotEmpty(e.Message);
        }
        catch (Exception e)
        {
            Assert.Fail($"{what}: {e}");
        }
        Assert.True(watch.Elapsed < s_longest, $"{what} took {watch.Elapsed}");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MostBytes, $"{what} took {GC.GetAllocatedBytesForCurrentThread() - before} bytes");
    }

    /// <summary>What the model makes of one row of missing values.</summary>
    private static void Answer(ITransformer model, DataViewSchema schema)
    {
        // A row of a hundred million numbers is what such a schema asks for.
        if (schema.Any(column => column.Type is VectorDataViewType { Size: > 1_000_000 })) return;
        BatchColumn[] columns = [.. schema.Select(column => BatchColumn.Create(column.Type))];
        foreach (BatchColumn column in columns) column.AppendMissing();
        BatchView answers = BatchView.Of(model.Transform(new BlockView(schema, [columns])));
        int[] wanted = [.. answers.Schema.Where(column => !column.IsHidden && column.Name is "Score" or "PredictedLabel" or "Probability").Select(column => column.Index)];
        if (wanted.Length > 0) answers.ReadColumns(wanted);
    }

    private static byte[] Flip(byte[] file, Random random)
    {
        byte[] flipped = [.. file];
        flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
        return flipped;
    }

    private static byte[] FlipEntry(byte[] file, Random random) => Rewrite(file, random, content => Flip(content, random));

    /// <summary>The file with one of its entries changed, and check sums that fit.</summary>
    private static byte[] Rewrite(byte[] file, Random random, Func<byte[], byte[]> change)
    {
        using var source = new ZipArchive(new MemoryStream(file));
        ZipArchiveEntry[] entries = [.. source.Entries.Where(entry => entry.Length > 0)];
        ZipArchiveEntry[] keys = [.. entries.Where(entry => !entry.FullName.EndsWith(".txt", StringComparison.Ordinal))];
        ZipArchiveEntry changed = keys[random.Next(keys.Length)];
        using var memory = new MemoryStream();
        using (var target = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (ZipArchiveEntry entry in entries)
            {
                using var content = new MemoryStream();
                using (Stream stream = entry.Open()) stream.CopyTo(content);
                using Stream copy = target.CreateEntry(entry.FullName, CompressionLevel.NoCompression).Open();
                copy.Write(entry == changed ? change(content.ToArray()) : content.ToArray());
            }
        }
        return memory.ToArray();
    }
}
