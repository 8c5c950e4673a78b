using MLPipelines.Tensors.Layers;

namespace MLPipelines.Tensors.Tests;

public class TensorTests
{
    public static TheoryData<string, Action> Mistakes => new()
    {
        { "(2, 3) and (4)", () => _ = Tensor.Ones([2, 3]) + Tensor.Ones([4]) },
        { "matrix product of (2, 3) and (2, 3)", () => Tensor.Ones([2, 3]).MatMul(Tensor.Ones([2, 3])) },
        { "6 elements", () => Tensor.Ones([2, 3]).Reshape(4, -1) },
        { "no axis 2", () => Tensor.Ones([2, 3]).Sum([2]) },
        { "named twice", () => Tensor.Ones([2, 3]).Sum([1, -1]) },
        { "Index 5 at position 1", () => Tensor.Ones([3, 2]).Embed(Tensor.OfIndices(0, 5)) },
        { "Index -1 at position 0", () => Tensor.Ones([3, 2]).CrossEntropy(Tensor.OfIndices(-1, 0, 0)) },
        { "holds Int64, expected Float32", () => Tensor.OfIndices(1).Exp() },
        { "single number", () => (Tensor.Ones([2]).WithGradient() * 2).Backward() },
        { "nothing to differentiate", () => Tensor.Ones([1]).Backward() },
        { "no tensor here", () => Tensor.None.ToArray() },
        { "6 axes at most", () => Shape.Of([1, 1, 1, 1, 1, 1, 1]) },
        { "more elements", () => Tensor.Zeros([100_000, 100_000]) },
        { "(O, C / groups, KH, KW)", () => Tensor.Ones([1, 4, 4, 3]).Conv2d(Tensor.Ones([8, 4, 3, 3])) },
        { "larger than the images", () => Tensor.Ones([1, 2, 2, 3]).MaxPool2d(3) },
        { "3 were given", () => Tensor.From([1, 2, 3], [2]) },
        { "without gaps", () => Tensor.Ones([2, 3]).Transpose().Fill(1) },
        { "their other sizes differ", () => Tensor.Concat(0, Tensor.Ones([2, 3]), Tensor.Ones([2, 2])) },
        { "computed from one that requires", () => (Tensor.Ones([2]).WithGradient() * 2).WithGradient() },
        { "more than one number for each channel", () => new BatchNorm(3).Forward(Tensor.Ones([1, 3])) },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_explained(string expected, Action mistake)
    {
        Exception error = Assert.ThrowsAny<Exception>(mistake);
        Assert.True(error is ArgumentException or InvalidOperationException, error.ToString());
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1f, 1f)]
    [InlineData(1.00390625f, 1f)]
    [InlineData(1.01171875f, 1.015625f)]
    [InlineData(3.4e38f, float.PositiveInfinity)]
    [InlineData(float.NaN, float.NaN)]
    [InlineData(-0f, -0f)]
    public void BFloat16_rounds_to_the_nearest_and_to_even(float value, float expected) =>
        Assert.Equal(expected, Tensor.Of(value).To(ElementType.BFloat16).To(ElementType.Float32).ToScalar());

    [Fact]
    public void Products_take_bfloat16_as_it_is_and_derivatives_pass_through()
    {
        Tensor a = Tensor.From([1, 2, 3, 4], [2, 2]).WithGradient(), b = Tensor.From([0.5f, 1, 2, -1], [2, 2]).WithGradient();
        Tensor product = a.MatMul(b.To(ElementType.BFloat16));
        Assert.Equal([4.5f, -1, 9.5f, -1], product.ToArray());
        product.Sum().Backward();
        Assert.Equal([1.5f, 1, 1.5f, 1], a.Gradient.ToArray());
        Assert.Equal([4, 4, 6, 6], b.Gradient.ToArray());
    }

    [Fact]
    public void Gradients_add_up_until_they_are_cleared()
    {
        Tensor x = Tensor.Of(3).WithGradient();
        for (int i = 0; i < 2; i++) x.Square().Backward();
        Assert.Equal(12, x.Gradient.ToScalar());
        x.ClearGradient();
        Assert.True(x.Gradient.IsNone);
        x.Square().Backward();
        Assert.Equal(6, x.Gradient.ToScalar());
    }

    [Fact]
    public void Two_leaves_of_a_sum_have_gradients_of_their_own()
    {
        Tensor a = Tensor.Ones([2]).WithGradient(), b = Tensor.Ones([2]).WithGradient();
        (a + b).Sum().Backward();
        a.Gradient.Fill(7);
        Assert.Equal([1, 1], b.Gradient.ToArray());
    }

    [Fact]
    public void Nothing_is_followed_without_need()
    {
        Tensor x = Tensor.Ones([2]).WithGradient();
        using (new NoGradient()) Assert.False((x * 2).RequiresGradient);
        Assert.False(x.Detach().RequiresGradient);
        Assert.False((x > 1).RequiresGradient);
        Assert.True((x * 2).RequiresGradient);
    }

    [Fact]
    public void Bytes_become_numbers() =>
        Assert.Equal([0, 1, 255], Tensor.FromBytes([0, 1, 255], [3]).To(ElementType.Float32).ToArray());
}
