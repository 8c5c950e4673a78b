namespace MLPipelines.Tensors.Tests;

public class StepTests
{
    [Fact]
    public void A_tensor_of_a_step_that_has_ended_is_an_error()
    {
        Tensor x;
        using (new Step()) x = Tensor.Ones([3]);
        var error = Assert.Throws<InvalidOperationException>(() => x.ToArray());
        Assert.Contains("step that has ended", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_is_used_again_and_stale_handles_never_read_it()
    {
        Tensor first, second;
        using (new Step()) first = Tensor.Full([1000], 1);
        using var step = new Step();
        second = Tensor.Full([1000], 2);
        Assert.Throws<InvalidOperationException>(() => first.ToArray());
        Assert.All(second.ToArray(), value => Assert.Equal(2, value));
    }

    [Fact]
    public void What_is_kept_or_returned_lives_on()
    {
        Tensor kept, returned;
        using (new Step())
        {
            using (var inner = new Step())
            {
                kept = Tensor.Ones([2]).Keep();
                returned = inner.Return(Tensor.Ones([2]) * 2);
            }
            Assert.Equal([2, 2], returned.ToArray());
        }
        Assert.Equal([1, 1], kept.ToArray());
        Assert.Throws<InvalidOperationException>(() => returned.ToArray());
    }

    [Fact]
    public void A_view_holds_its_memory()
    {
        using var step = new Step();
        Tensor view;
        using (var inner = new Step()) view = inner.Return(Tensor.From([1, 2, 3, 4], [2, 2]).Transpose());
        _ = Tensor.Zeros([2, 2]);
        Assert.Equal([1, 3, 2, 4], view.ToArray());
    }
}
