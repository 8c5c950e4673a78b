using System.Text.Json.Nodes;
using MLPipelines.Data;
using MLPipelines.Onnx.Export;
using MLPipelines.Persistence;

namespace MLPipelines.Onnx.Tests.Export;

/// <summary>No kind of step or model is forgotten: each is compared in a row, or is said not to be exportable, with a reason.</summary>
public sealed class CoverageTests
{
    private const string Calibrated = "calibrated-";

    /// <summary>Kinds that stand in no row of the table, since what they read or give is more than columns, and the tests that compare them.</summary>
    private static readonly Dictionary<string, Type> ComparedElsewhere = new(StringComparer.Ordinal)
    {
        ["image-classification"] = typeof(Networks.ImageNetworkTests),
        ["load-images"] = typeof(Networks.TrainedNetworkTests),
        ["resize-images"] = typeof(Networks.PictureStepTests),
        ["grayscale-images"] = typeof(Networks.PictureStepTests),
        ["extract-pixels"] = typeof(Networks.PictureStepTests),
        ["vectors-to-images"] = typeof(Networks.PictureStepTests),
        ["text-classification-network"] = typeof(Networks.TextNetworkTests),
        ["sentence-similarity-network"] = typeof(Networks.TextNetworkTests),
        ["named-entity-network"] = typeof(Networks.TextNetworkTests),
        ["question-answer-network"] = typeof(Networks.TextNetworkTests),
        ["text-generation"] = typeof(Networks.DecoderTests),
    };

    private static readonly Lazy<HashSet<string>> Compared = new(() => [.. ComparedElsewhere.Keys, .. ParityTable.Rows.SelectMany(row => KindsIn(row.Fitted.Model)).SelectMany(WithInner)]);

    static CoverageTests()
    {
        NeuralModels.Register();
        ScenarioModels.Register();
        OnnxModels.Register();
    }

    [Fact]
    public void Every_kind_of_step_is_compared_or_has_a_reason() => AssertCovered(ModelStepTable.TypeIds, typeId => StepConverterTable.Find(typeId) is { } row ? (true, row.Reason) : default);

    [Fact]
    public void Every_kind_of_model_is_compared_or_has_a_reason() => AssertCovered(ScoringModelTable.TypeIds, typeId => ModelConverterTable.Find(typeId) is { } row ? (true, row.Reason) : default);

    [Fact]
    public void The_tables_name_no_kind_that_does_not_exist()
    {
        Assert.Empty(StepConverterTable.Rows.Select(row => row.TypeId).Except(ModelStepTable.TypeIds));
        Assert.Empty(ModelConverterTable.Rows.Select(row => row.TypeId).Except(ScoringModelTable.TypeIds));
    }

    private static void AssertCovered(string[] typeIds, Func<string, (bool IsThere, string? Reason)> find)
    {
        Assert.NotEmpty(typeIds);
        Assert.DoesNotContain(typeIds, typeId => !find(typeId).IsThere);
        // A reason is a sentence, and what is compared needs none.
        Assert.DoesNotContain(typeIds, typeId => find(typeId).Reason is { } reason ? reason.Length < 10 || Compared.Value.Contains(typeId) : !Compared.Value.Contains(typeId));
    }

    /// <summary>The kinds of steps of a model, and of the models inside them.</summary>
    private static IEnumerable<string> KindsIn(ITransformer model)
    {
        foreach (IModelStep step in ITransformerChain.Flatten(model).Cast<IModelStep>())
        {
            yield return step.TypeId;
            var parameters = new JsonObject();
            step.Save(new StepPartsWriter("step", parameters, []));
            foreach (string inner in ModelTypesIn(parameters)) yield return inner;
        }
    }

    /// <summary>A model with a calibrator has the scores of the model inside.</summary>
    private static IEnumerable<string> WithInner(string kind) => kind.StartsWith(Calibrated, StringComparison.Ordinal) ? [kind, kind[Calibrated.Length..]] : [kind];

    private static IEnumerable<string> ModelTypesIn(JsonObject parameters) => parameters.SelectMany(pair => pair.Value switch
    {
        JsonObject section => ModelTypesIn(section),
        JsonValue value when pair.Key == "model-type" => [value.GetValue<string>()],
        _ => [],
    });
}
