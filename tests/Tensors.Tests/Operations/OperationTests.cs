namespace MLPipelines.Tensors.Tests.Operations;

public class OperationTests
{
    private static readonly TorchValues Torch = TorchValues.Of("torch_values.json");

    public static TheoryData<string> Names => [.. OperationCases.All.Keys];

    [Fact]
    public void Every_operation_has_numbers() => Assert.Equal(Torch.Names.Order(StringComparer.Ordinal), OperationCases.All.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_and_derivatives_are_those_of_PyTorch(string name)
    {
        Compare(name);
        using var step = new Step();
        Compare(name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Derivatives_are_the_limits_of_differences(string name)
    {
        TorchCase given = Torch[name];
        Differences.Check(OperationCases.All[name], given.Inputs, given.Weights, [.. given.Gradients.Select(gradient => gradient is not null)]);
    }

    private static void Compare(string name)
    {
        TorchCase expected = Torch[name];
        foreach (Tensor input in expected.Inputs)
            if (input.ElementType == ElementType.Float32) input.WithGradient();
        Tensor output = OperationCases.All[name](expected.Inputs);
        Assert.Equal(expected.Output.Shape, output.Shape);
        Close.Equal(expected.Output.ToArray(), output.ToArray(), 2e-6);
        (output * expected.Weights).Sum().Backward();
        for (int i = 0; i < expected.Inputs.Length; i++)
        {
            if (expected.Gradients[i] is { } gradient) Close.Equal(gradient.ToArray(), expected.Inputs[i].Gradient.ToArray(), 5e-6);
            else Assert.True(expected.Inputs[i].Gradient.IsNone);
        }
    }
}
