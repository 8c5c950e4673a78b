using MLPipelines.Onnx.Graph;
using MLPipelines.OnnxRuntime;
using MLPipelines.Testing;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Tests;

/// <summary>Models run as they are, without a chain around them.</summary>
public sealed class OnnxSessionTests
{
    [NativeRuntimeFact("onnx/mnist-cnn.onnx")]
    public void A_model_says_what_goes_in_and_what_comes_out()
    {
        using var session = OnnxSession.Open(Datasets.PathOf("onnx/mnist-cnn.onnx"));
        Assert.Equal("'Input3' tensor(float)[1,1,28,28]", session.Inputs.Single().ToString());
        Assert.Equal("'Plus214_Output_0' tensor(float)[1,10]", session.Outputs.Single().ToString());
        var scores = (OnnxTensor<float>)session.Run(new Dictionary<string, OnnxValue> { ["Input3"] = OnnxValue.Tensor(new float[784], 1, 1, 28, 28) })["Plus214_Output_0"];
        Assert.Equal([1, 10], scores.Shape);
    }

    [NativeRuntimeFact]
    public void Types_names_and_open_sizes_are_told()
    {
        using var session = OnnxSession.Open(SmallModels.Linear());
        Assert.Equal("'x' tensor(float)[rows,3]", session.Inputs.Single().ToString());
        Assert.Equal(["'y' tensor(float)[rows,2]", "'total' tensor(float)[rows,1]"], session.Outputs.Select(node => node.ToString()));
        using var lightGbm = OnnxSession.Open(SmallModels.Identity(TensorType.String, -1, 4));
        Assert.Equal("'x' tensor(string)[rows,4]", lightGbm.Inputs.Single().ToString());
    }

    [NativeRuntimeFact]
    public void What_its_maker_wrote_into_a_model_is_read()
    {
        ModelProto model = ModelProto.Parser.ParseFrom(SmallModels.Linear());
        model.DocString = "Zwei Summen";
        model.ModelVersion = 7;
        model.MetadataProps.Add(new StringStringEntryProto { Key = "labels", Value = "ä,b" });
        using var session = OnnxSession.Open(Google.Protobuf.MessageExtensions.ToByteArray(model));
        var metadata = session.Metadata;
        Assert.Equal(("MLPipelines", "test", "Zwei Summen", 7L), (metadata.Producer, metadata.Graph, metadata.Description, metadata.Version));
        Assert.Equal(new Dictionary<string, string> { ["labels"] = "ä,b" }, metadata.Custom);
    }

    [NativeRuntimeFact]
    public void Many_threads_run_one_session()
    {
        using var session = OnnxSession.Open(SmallModels.Linear(), new OnnxSessionOptions { IntraOpThreads = 1, Optimization = OnnxGraphOptimization.Basic });
        Parallel.For(0, 200, i =>
        {
            var y = (OnnxTensor<float>)session.Run(new Dictionary<string, OnnxValue> { ["x"] = OnnxValue.Tensor([i, 0f, 0], 1, 3) }, "y")["y"];
            Assert.Equal([10f + i, 20 + (2 * i)], y.Values);
        });
    }

    [NativeRuntimeFact]
    public void A_failure_says_what_it_was()
    {
        using var session = OnnxSession.Open(SmallModels.Linear());
        var fault = Assert.Throws<OnnxRuntimeException>(() => session.Run(new Dictionary<string, OnnxValue> { ["x"] = OnnxValue.Tensor(new float[4], 2, 2) }));
        Assert.Equal(OnnxErrorCode.InvalidArgument, fault.Code);
        Assert.Contains("Expected: 3", fault.Message);
        Assert.Equal(OnnxErrorCode.InvalidProtobuf, Assert.Throws<OnnxRuntimeException>(() => OnnxSession.Open(new byte[] { 1, 2, 3 })).Code);
    }

    [NativeRuntimeFact]
    public void A_session_that_was_given_back_runs_no_more()
    {
        var session = OnnxSession.Open(SmallModels.Linear());
        session.Dispose();
        session.Dispose();
        Assert.Throws<ObjectDisposedException>(() => session.Run(new Dictionary<string, OnnxValue> { ["x"] = OnnxValue.Tensor(new float[3], 1, 3) }));
    }

    [Fact]
    public void Short_floating_point_numbers_are_rounded_to_the_nearest()
    {
        // By hand: 1 + 1/256 lies midway between 1 and 1 + 1/128, and 1 is the even one; 1 + 3/256 midway between two, of which 1 + 2/128 is even.
        Assert.Equal(1f, (BFloat16)(1 + (1 / 256f)));
        Assert.Equal(1 + (2 / 128f), (BFloat16)(1 + (3 / 256f)));
        Assert.Equal(0x3F80, ((BFloat16)1f).Bits);
        Assert.True(float.IsNaN((BFloat16)float.NaN));
        Assert.Equal(float.PositiveInfinity, (BFloat16)float.MaxValue);
    }
}
