using MLPipelines.Data;
using MLPipelines.Onnx.Graph;
using MLPipelines.Onnx.Tests.Export.Rows;
using MLPipelines.Testing;

namespace MLPipelines.Onnx.Tests.Export;

/// <summary>What the public methods write, and what they refuse.</summary>
public sealed class ConvertToOnnxTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Every_column_of_the_data_is_an_input_and_every_column_of_the_result_an_output()
    {
        MemoryView data = Examples.Numbers();
        ITransformer model = _ml.Transforms.Concatenate("All", "Features", "Label").Fit(data);
        ModelProto written = Written(stream => _ml.Model.ConvertToOnnx(model, data, stream));
        Assert.Equal(["Features", "Label", "IsPositive", "Kind", "Count", "Group", "Grade"], written.Graph.Input.Select(input => input.Name));
        Assert.Equal([.. written.Graph.Input.Select(input => input.Name + ".output"), "All.output"], written.Graph.Output.Select(output => output.Name));
        Assert.Equal(15, written.OpsetImport.Single(set => set.Domain == "").Version);
        // A row is [rows, 1] or [rows, size]; a key has the type that carries it.
        Assert.Equal([-1, 4], Shape(written.Graph.Input[0]));
        Assert.Equal([-1, 1], Shape(written.Graph.Input[1]));
        Assert.Equal((int)TensorProto.Types.DataType.Uint32, written.Graph.Input[3].Type.TensorType.ElemType);
        Assert.Equal([-1, 5], Shape(written.Graph.Output[^1]));
    }

    [Fact]
    public void Named_outputs_leave_out_the_inputs_that_they_do_not_need()
    {
        MemoryView data = Examples.Numbers();
        ITransformer model = _ml.Transforms.NormalizeMinMax("Features").Append(_ml.MulticlassClassification.Trainers.SdcaMaximumEntropy("Kind")).Fit(data);
        ModelProto written = Written(stream => _ml.Model.ConvertToOnnx(model, data, stream, "Score"));
        Assert.Equal(["Features"], written.Graph.Input.Select(input => input.Name));
        Assert.Equal(["Score.output"], written.Graph.Output.Select(output => output.Name));
    }

    [Fact]
    public void The_version_of_the_operators_can_be_chosen()
    {
        MemoryView data = Examples.Numbers();
        ITransformer model = _ml.Transforms.NormalizeMinMax("Features").Fit(data);
        Assert.Equal(11, Written(stream => _ml.Model.ConvertToOnnx(model, data, 11, stream)).OpsetImport[0].Version);
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Model.ConvertToOnnx(model, data, 8, new MemoryStream()));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Model.ConvertToOnnx(model, data, 18, new MemoryStream()));
    }

    [Fact]
    public void An_operator_that_is_too_new_for_the_version_is_named()
    {
        MemoryView data = new MemoryView().AddText("Text", "a b", "c");
        ITransformer model = _ml.Transforms.Text.FeaturizeText("Features", "Text").Fit(data);
        Assert.Contains("CumSum needs version 11", Refused(model, data, 9), StringComparison.Ordinal);
    }

    [Fact]
    public void All_steps_that_cannot_be_exported_are_named_at_once_and_nothing_is_written()
    {
        MemoryView data = new MemoryView().AddText("Text", "a", "b", "a").Add("Value", 1f, 2f, 3f);
        ITransformer model = _ml.Transforms.Text.ProduceHashedWordBags("Bags", "Text", numberOfBits: 4).Append(_ml.Transforms.NormalizeMinMax("Scaled", "Bags"))
            .Append(_ml.Transforms.DetectIidSpike("Spike", "Value", 95.0, 2)).Append(_ml.Transforms.CopyColumns("Copy", "Value")).Fit(data);
        string message = Refused(model, data);
        Assert.Contains("step 1 (word-hash-bag): a hash of every n-gram of a text needs operations on bits", message, StringComparison.Ordinal);
        Assert.Contains("step 3 (iid-spike-detection): it continues a series", message, StringComparison.Ordinal);
        Assert.DoesNotContain("copy-columns", message, StringComparison.Ordinal);
        // What is asked for does not need them.
        Assert.Equal(["Value"], Written(stream => _ml.Model.ConvertToOnnx(model, data, stream, "Copy")).Graph.Input.Select(input => input.Name));
    }

    [Fact]
    public void An_output_that_does_not_exist_is_refused_with_those_that_do()
    {
        MemoryView data = Examples.Numbers();
        ITransformer model = _ml.Transforms.CopyColumns("Copy", "Label").Fit(data);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Model.ConvertToOnnx(model, data, new MemoryStream(), "Scores"));
        Assert.Contains("'Scores' not found", error.Message, StringComparison.Ordinal);
        Assert.Contains("Copy", error.Message, StringComparison.Ordinal);
    }

    [NativeRuntimeTheory]
    [InlineData("Sdca regression", 9)]
    [InlineData("LightGbm regression", 10)]
    [InlineData("KMeans", 11)]
    [InlineData("PairwiseCoupling", 12)]
    [InlineData("FeaturizeText", 13)]
    [InlineData("VectorizeText", 17)]
    public void Files_of_older_and_newer_versions_say_the_same(string name, int opset) => ExportedModel.AssertParity(ParityTable.Find(name) with { Opset = opset });

    [Fact]
    public void The_same_model_is_the_same_file()
    {
        MemoryView data = Examples.Numbers();
        ITransformer model = _ml.Regression.Trainers.LightGbm().Fit(data);
        Assert.Equal(Bytes(stream => _ml.Model.ConvertToOnnx(model, data, stream)), Bytes(stream => _ml.Model.ConvertToOnnx(model, data, stream)));
    }

    private string Refused(ITransformer model, IDataView data, int? opset = null)
    {
        using var stream = new MemoryStream();
        string message = Assert.Throws<MLPipelinesException>(() =>
        {
            if (opset is { } version) _ml.Model.ConvertToOnnx(model, data, version, stream);
            else _ml.Model.ConvertToOnnx(model, data, stream);
        }).Message;
        Assert.Equal(0, stream.Length);
        return message;
    }

    private static byte[] Bytes(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }

    private static ModelProto Written(Action<Stream> write) => ModelProto.Parser.ParseFrom(Bytes(write));

    private static long[] Shape(ValueInfoProto value) => [.. value.Type.TensorType.Shape.Dim.Select(dimension => dimension.HasDimValue ? dimension.DimValue : -1)];
}
