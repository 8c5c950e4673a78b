using System.Text.Json;
using MLPipelines.Data;
using MLPipelines.Persistence;
using MLPipelines.Testing;
using MLPipelines.Transforms.TimeSeries;

namespace MLPipelines.Tests.Persistence.MLNet;

/// <summary>Real models of ML.NET predict here what they predict there.</summary>
public sealed class MLNetAnswersTests
{
    private const string WordVectors = "samples-Clustering_NewsArticles-newsArticlesClustering-1c0eb36.zip";

    // Its score is the root of a small difference of large numbers, which ML.NET computes in single precision: ML.NET's own answers differ by so much between processors, as the README of the answers says.
    private const string PrincipalComponents = "samples-AnomalyDetection_CreditCardFraudDetection-randomizedPca.zip";

    public static TheoryData<string> Answered => [.. Testing.Datasets.Root is null || !Directory.Exists(Datasets.PathOf(MLNetFolder.Name)) ? [""]
        : MLNetFolder.Files.Where(file => File.Exists(MLNetFolder.AnswersOf(file)) && !MLNetFolder.NotLoaded.ContainsKey(file))];

    [DatasetFact(MLNetFolder.Name)]
    public void Every_file_loads_but_those_that_need_more_than_a_file()
    {
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string file in MLNetFolder.Files.Where(file => file != WordVectors))
        {
            try
            {
                new MLContext(1).Model.Load(MLNetFolder.PathOf(file), out _);
            }
            catch (MLPipelinesException e)
            {
                problems.Add(file, e.Message);
            }
        }
        Assert.Equal(MLNetFolder.NotLoaded.Keys.Order(StringComparer.Ordinal), problems.Keys.Order(StringComparer.Ordinal));
        Assert.All(MLNetFolder.NotLoaded, pair => Assert.Contains(pair.Value, problems[pair.Key], StringComparison.Ordinal));
    }

    [DatasetTheory(MLNetFolder.Name + "/expected")]
    [MemberData(nameof(Answered))]
    public void A_model_answers_as_in_ML_NET_and_a_converted_one_with_the_same_bits(string file)
    {
        using var answers = MLNetAnswers.Open(MLNetFolder.AnswersOf(file), file == PrincipalComponents ? 3.5e-4 : 0);
        if (!answers.HasOutputs || answers.InputLines is not null || file == WordVectors) return;
        var context = new MLContext(1);
        ITransformer model = context.Model.Load(MLNetFolder.PathOf(file), out DataViewSchema schema);
        IDataView rows = answers.Rows(schema);
        Assert.Empty(answers.Differences(model.Transform(rows)));

        using var converted = new MemoryStream();
        context.Model.Save(model, schema, converted);
        converted.Position = 0;
        BatchView before = BatchView.Of(model.Transform(rows)), after = BatchView.Of(context.Model.Load(converted, out _).Transform(rows));
        foreach (DataViewSchema.Column column in before.Schema.Where(column => !column.IsHidden))
            Assert.Equal(Bits(before, column.Index), Bits(after, after.Schema[column.Name].Index));
    }

    [DatasetFact(MLNetFolder.Name + "/expected")]
    public void The_score_of_principal_components_is_that_of_exact_sums()
    {
        // By /usr/bin/python3 with numpy, in double precision from the weights in the file and the column NormalizedFeatures x of the answers:
        // x -= mean; e = U @ x; sqrt((x @ x - e @ e) / (x @ x))
        (int Row, double Score)[] exact =
        [
            (1, 0.0599934360282189), (2, 0.017527413663434317), (5, 0.006207296323873363), (6, 0.04441482454146221), (7, 0.007554866140145267), (11, 0.21079672568307087), (12, 0.01643884159069788),
        ];
        using var answers = MLNetAnswers.Open(MLNetFolder.AnswersOf(PrincipalComponents));
        ITransformer model = new MLContext(1).Model.Load(MLNetFolder.PathOf(PrincipalComponents), out DataViewSchema schema);
        BatchView view = BatchView.Of(model.Transform(answers.Rows(schema)));
        ReadOnlySpan<float> scores = ((ValueColumn<float>)view.ReadColumns(view.Schema["Score"].Index)[0]).Values;
        foreach (var (row, score) in exact) Assert.InRange(scores[row] / score, 1 - 1e-5, 1 + 1e-5);
    }

    [DatasetFact(MLNetFolder.Name + "/expected")]
    public void The_columns_and_types_of_the_output_are_those_of_ML_NET()
    {
        foreach (string file in MLNetFolder.Files.Where(file => File.Exists(MLNetFolder.AnswersOf(file)) && !MLNetFolder.NotLoaded.ContainsKey(file) && file != WordVectors))
        {
            using JsonDocument expected = JsonDocument.Parse(File.ReadAllBytes(MLNetFolder.AnswersOf(file)));
            if (!expected.RootElement.TryGetProperty("outputSchema", out JsonElement columns) || !expected.RootElement.TryGetProperty("rows", out _)) continue;
            ITransformer model = new MLContext(1).Model.Load(MLNetFolder.PathOf(file), out DataViewSchema schema);
            using var answers = MLNetAnswers.Open(MLNetFolder.AnswersOf(file));
            DataViewSchema output = model.GetOutputSchema(answers.Rows(schema).Schema);
            foreach (JsonElement column in columns.EnumerateArray())
            {
                string name = column.GetProperty("name").GetString()!;
                DataViewType found = output[name].Type;
                string type = RawTypes.ItemTypeOf(found) switch { KeyDataViewType key => $"Key<{key.RawType.Name}>", TextDataViewType => "Text", var item => item.RawType.Name };
                Assert.Equal((file, name, column.GetProperty("type").GetString(), column.TryGetProperty("vectorSize", out JsonElement size) ? size.GetInt32() : -1),
                    (file, name, type, found is VectorDataViewType vector ? vector.Size : -1));
            }
        }
    }

    [DatasetFact(MLNetFolder.Name + "/expected")]
    public void A_detector_goes_on_in_an_engine_as_in_ML_NET()
    {
        foreach (string file in new[] { "samples-AnomalyDetection-Sales-ProductSalesSpikeModel.zip", "samples-AnomalyDetection-Sales-ProductSalesChangePointModel.zip" })
        {
            var context = new MLContext(1);
            using var answers = MLNetAnswers.Open(MLNetFolder.AnswersOf(file));
            using var engine = context.Model.Load(MLNetFolder.PathOf(file), out _).CreateTimeSeriesEngine<Sales, Alert>(context);
            foreach (JsonElement call in answers.EngineCalls!.Value.EnumerateArray())
                Assert.Null(answers.Difference(call.GetProperty("Prediction"), engine.Predict(new Sales { numSales = call.GetProperty("numSales").GetSingle() }).Prediction));
        }
    }

    [DatasetFact(MLNetFolder.Name + "/expected")]
    public void A_forecaster_goes_on_in_an_engine_as_in_ML_NET()
    {
        const string file = "samples-Forecasting-Sales-product988_month_timeSeriesSSA-5319dab.zip";
        var context = new MLContext(1);
        using var answers = MLNetAnswers.Open(MLNetFolder.AnswersOf(file));
        using var engine = context.Model.Load(MLNetFolder.PathOf(file), out _).CreateTimeSeriesEngine<Units, Forecast>(context);
        foreach (JsonElement call in answers.EngineCalls!.Value.EnumerateArray())
        {
            string text = call.GetProperty("call").GetString()!;
            int? horizon = text.Contains("horizon 5", StringComparison.Ordinal) ? 5 : null;
            float? confidence = text.Contains("confidence 0.8", StringComparison.Ordinal) ? 0.8f : null;
            Forecast found = call.TryGetProperty("units", out JsonElement units) ? engine.Predict(new Units { units = units.GetSingle() }) : engine.Predict(horizon, confidence);
            Assert.Null(answers.Difference(call.GetProperty("ForecastedProductUnits"), found.ForecastedProductUnits));
            Assert.Null(answers.Difference(call.GetProperty("ConfidenceLowerBound"), found.ConfidenceLowerBound));
            Assert.Null(answers.Difference(call.GetProperty("ConfidenceUpperBound"), found.ConfidenceUpperBound));
        }
    }

    [DatasetFact(MLNetFolder.Name + "/expected")]
    public void The_columns_of_a_loader_alone_are_the_input()
    {
        const string file = "ml-backcompat-textloader_VerWritt_0x0001000C.zip";
        new MLContext(1).Model.Load(MLNetFolder.PathOf(file), out DataViewSchema schema);
        Assert.Equal("SepalLength: Single, SepalWidth: Single, PetalLength: Single, PetalWidth: Single, Type: String", schema.ToString());
    }

    [DatasetFact(MLNetFolder.Name)]
    public void Inspecting_a_file_lists_its_components_and_says_which_are_read()
    {
        ModelManifest manifest = new MLContext(1).Model.Inspect(MLNetFolder.PathOf("ml-backcompat-customTransform.zip"));
        Assert.Equal((ModelManifest.MLNetFormat, "ML.NET 1.5.28731.0"), (manifest.Format, manifest.Library));
        Assert.Equal(("CustomTransformer", 0x00010001, false), (manifest.Chain[0].Type, manifest.Chain[0].Version, manifest.Chain[0].Parameters["supported"]!.GetValue<bool>()));
        Assert.Contains("CustomTransformer", manifest.Training!.Properties["problem"], StringComparison.Ordinal);
        Assert.NotEmpty(manifest.Input);
        foreach (string file in MLNetFolder.Files.Where(file => !MLNetFolder.NotLoaded.ContainsKey(file)))
            Assert.All(new MLContext(1).Model.Inspect(MLNetFolder.PathOf(file)).Chain, step => Assert.True(step.Parameters["supported"]!.GetValue<bool>(), $"{file}: {step.Folder}: {step.Type}"));
    }

    private static string[] Bits(BatchView view, int column)
    {
        BatchColumn values = view.ReadColumns(column)[0];
        return [.. Enumerable.Range(0, values.RowCount).Select(row => values.GetObject(row) is Array items ? string.Join(' ', items.Cast<object>()) : $"{values.GetObject(row)}")];
    }

    // Named as the columns of the models are.
#pragma warning disable IDE1006, CA1051
    private sealed class Sales
    {
        public float numSales { get; set; }
    }

    private sealed class Alert
    {
        [VectorType(4)]
        public double[] Prediction { get; set; } = [];
    }

    private sealed class Units
    {
        public float units { get; set; }
    }

    private sealed class Forecast
    {
        public float[] ForecastedProductUnits { get; set; } = [];

        public float[] ConfidenceLowerBound { get; set; } = [];

        public float[] ConfidenceUpperBound { get; set; } = [];
    }
}
