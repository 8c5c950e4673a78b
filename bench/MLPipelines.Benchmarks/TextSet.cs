using MLPipelines.Data;

namespace MLPipelines.Benchmarks;

/// <summary>The texts that a benchmark learns from.</summary>
public static class TextSet
{
    private const string Generated = "generated", Banking = "banking77";

    private static string? BankingFile => Environment.GetEnvironmentVariable("MLPIPELINES_DATASETS") is { Length: > 0 } root
        ? Path.Combine(root, "text", "banking77", "train.csv.gz") : null;

    /// <summary>The sets that are on this machine: generated texts, and banking77 where MLPIPELINES_DATASETS says where it is.</summary>
    public static IEnumerable<string> Names => File.Exists(BankingFile) ? [Generated, Banking] : [Generated];

    /// <summary>The texts of a set, in memory.</summary>
    public static LabelledText[] Of(string name)
    {
        if (name == Generated) return [.. GeneratedTexts.Make(rows: 5_000, labels: 40, seed: 1)];
        var context = new MLContext(1);
        IDataView rows = context.Data.LoadFromTextFile<LabelledText>(BankingFile!, separatorChar: ',', hasHeader: true, allowQuoting: true);
        return [.. context.Data.CreateEnumerable<LabelledText>(rows, reuseRowObject: false)];
    }

    /// <summary>A view of the texts with the label as a key, held in columns: what is measured does not read objects.</summary>
    public static IDataView Rows(MLContext context, LabelledText[] texts)
    {
        IDataView rows = context.Data.LoadFromEnumerable(texts);
        IDataView view = context.Data.Cache(context.Transforms.Conversion.MapValueToKey("Label", nameof(LabelledText.Category)).Fit(rows).Transform(rows), nameof(LabelledText.Text), "Label");
        Views.ReadAll(view);
        return view;
    }
}
