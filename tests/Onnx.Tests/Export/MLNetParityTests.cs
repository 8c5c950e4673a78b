using MLPipelines.Data;
using MLPipelines.Onnx.Tests.Export.Rows;
using MLPipelines.Testing;
using Xunit.Sdk;

namespace MLPipelines.Onnx.Tests.Export;

/// <summary>Models that ML.NET saved, exported and compared on the rows that ML.NET's own answers are for.</summary>
public sealed class MLNetParityTests
{
    // Each with why it is not exported.
    private static readonly Dictionary<string, string> NotExported = new(StringComparer.Ordinal)
    {
        ["ml-backcompat-hashing-before-combine-dae2ca5.zip"] = "no operator gives the bits of floating-point numbers",
        ["ml-backcompat-hashing-before-combine.zip"] = "hashes of the form that ML.NET has had from version 1.5 on",
        ["ml-backcompat-ngram.zip"] = "a hash of every n-gram of a text needs operations on bits",
        ["samples-AnomalyDetection-Sales-ProductSalesChangePointModel.zip"] = "it continues a series",
        ["samples-AnomalyDetection-Sales-ProductSalesSpikeModel.zip"] = "it continues a series",
        ["samples-Forecasting-Sales-product988_month_timeSeriesSSA-5319dab.zip"] = "it continues a series",
        ["testdata-normalizer_verwrit-00010001.zip"] = "the bins of double-precision numbers cannot be told apart in single precision",
    };

    // Contributions to a prediction are no part of it, and are left out.
    private static readonly string[] Explained = ["samples-BinaryClassification_CreditCardFraudDetection-fastTree-5fdb6b5.zip", "samples-Model-Explainability-TaxiFareModel-bb780dd.zip"];

    [NativeRuntimeFact("mlnet-zips")]
    public void Every_answered_model_that_loads_is_exported_or_has_its_reason()
    {
        int compared = 0;
        List<string> problems = [];
        foreach (string path in Directory.GetFiles(Datasets.PathOf("mlnet-zips/expected"), "*.json").Order(StringComparer.Ordinal))
        {
            string file = Path.GetFileNameWithoutExtension(path);
            if (Load(file) is not var (model, schema)) continue;
            using MLNetAnswers answers = MLNetAnswers.Open(path);
            if (!answers.HasOutputs || answers.InputLines is not null) continue;
            try
            {
                ExportedModel.AssertParity(new ParityRow(file, _ => (new Fixed(model), answers.Rows(schema))) { Outputs = Explained.Contains(file, StringComparer.Ordinal) ? ["Score"] : null });
                if (NotExported.ContainsKey(file)) problems.Add($"{file} is exported.");
                compared++;
            }
            catch (Exception e) when (e is MLPipelinesException or XunitException)
            {
                if (!NotExported.TryGetValue(file, out string? reason) || !e.Message.Contains(reason, StringComparison.Ordinal)) problems.Add($"{file}: {e.Message}");
            }
        }
        Assert.True(problems.Count == 0, string.Join(Environment.NewLine, problems));
        Assert.True(compared >= 40, $"{compared} models were compared.");
    }

    /// <summary>A model, where it loads with what is on this machine; which files do is said by other tests.</summary>
    private static (ITransformer Model, DataViewSchema Schema)? Load(string file)
    {
        try
        {
            ITransformer model = new MLContext(1).Model.Load(Datasets.PathOf($"mlnet-zips/{file}"), out DataViewSchema schema);
            return (model, schema);
        }
        catch (MLPipelinesException)
        {
            return null;
        }
    }
}
