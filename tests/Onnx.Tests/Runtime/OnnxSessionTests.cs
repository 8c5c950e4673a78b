using MLPipelines.Testing;

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
}
