namespace MLPipelines.Tensors.Tests.Modules;

public class ModuleTests
{
    [Fact]
    public void Names_are_joined_by_dots() =>
        Assert.Equal(["scale", "inner.scale", "count", "inner.count"], new Outer().State().Select(item => item.Name));

    [Fact]
    public void A_state_is_copied_into_a_module()
    {
        var from = new Outer();
        from.Load([new NamedTensor("scale", Tensor.Of(1, 2)), new NamedTensor("inner.scale", Tensor.Of(3, 4)), new NamedTensor("count", Tensor.FromIndices([5], [])), new NamedTensor("inner.count", Tensor.FromIndices([6], []))]);
        var to = new Outer();
        to.Load(from.State());
        Assert.Equal([3, 4], to.State()["inner.scale"].ToArray());
        Assert.Equal([5], to.State()["count"].ToIndices());
    }

    [Fact]
    public void One_error_lists_all_that_does_not_fit()
    {
        var module = new Outer();
        var error = Assert.Throws<ArgumentException>(() => module.Load([new NamedTensor("scale", Tensor.Ones([3])), new NamedTensor("other", Tensor.Ones([1])), new NamedTensor("inner.scale", Tensor.Zeros([2]))]));
        Assert.Contains("Missing (2): count; inner.count", error.Message, StringComparison.Ordinal);
        Assert.Contains("Unexpected (1): other", error.Message, StringComparison.Ordinal);
        Assert.Contains("scale is (3), expected (2)", error.Message, StringComparison.Ordinal);
        Assert.Equal([1, 1], module.State()["inner.scale"].ToArray());
    }

    [Fact]
    public void What_fits_is_taken_when_that_is_asked_for()
    {
        var module = new Outer();
        module.Load([new NamedTensor("other", Tensor.Ones([1])), new NamedTensor("scale", Tensor.Of(7, 8).To(ElementType.BFloat16))], isStrict: false);
        Assert.Equal([7, 8], module.State()["scale"].ToArray());
    }

    [Fact]
    public void Training_and_freezing_reach_the_parts()
    {
        var module = new Outer();
        module.Train(false);
        module.Freeze();
        Assert.All(module.Modules, part => Assert.False(part.Module.IsTraining));
        Assert.All(module.Parameters, parameter => Assert.False(parameter.Tensor.RequiresGradient));
        Assert.Equal(4, module.ParameterCount);
    }

    private class Inner : Module
    {
        internal Inner()
        {
            AddParameter("scale", Tensor.Ones([2]));
            AddBuffer("count", Tensor.FromIndices([0], []));
        }
    }

    private sealed class Outer : Inner
    {
        internal Outer() => Add("inner", new Inner());
    }
}
