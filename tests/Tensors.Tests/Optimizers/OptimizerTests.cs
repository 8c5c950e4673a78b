using System.Runtime.CompilerServices;
using System.Text.Json;
using MLPipelines.Tensors.Tests.Operations;

namespace MLPipelines.Tensors.Tests.Optimizers;

public class OptimizerTests
{
    private static readonly JsonElement Torch = Read();

    private static readonly Dictionary<string, Func<NamedTensor[], Optimizer>> Optimizers = new(StringComparer.Ordinal)
    {
        ["sgd"] = p => new Sgd(p, 0.1f),
        ["momentum"] = p => new Sgd(p, 0.1f, momentum: 0.9f, weightDecay: 0.01f),
        ["nesterov"] = p => new Sgd(p, 0.1f, momentum: 0.9f, isNesterov: true, weightDecay: 0.01f),
        ["adam"] = p => new Adam(p, 0.1f, weightDecay: 0.01f),
        ["adamw"] = p => new AdamW(p, 0.1f, weightDecay: 0.1f),
    };

    private static readonly Dictionary<string, Schedule> Schedules = new(StringComparer.Ordinal)
    {
        ["step"] = new StepSchedule(3, 0.5f),
        ["cosine"] = new CosineSchedule(10, 0.1f),
        ["one cycle"] = new OneCycleSchedule(20),
    };

    public static TheoryData<string> OptimizerNames => [.. Optimizers.Keys];

    public static TheoryData<string> ScheduleNames => [.. Schedules.Keys];

    [Theory]
    [MemberData(nameof(OptimizerNames))]
    public void Five_steps_are_those_of_PyTorch(string name)
    {
        Tensor w = Start();
        Optimizer optimizer = Optimizers[name]([new NamedTensor("w", w)]);
        for (int i = 0; i < 5; i++) Make(optimizer, w, i);
        Close.Equal(Numbers(Torch.GetProperty(name)), w.ToArray(), 1e-6);
    }

    [Theory]
    [MemberData(nameof(OptimizerNames))]
    public void Training_that_resumes_goes_on_as_if_it_had_not_stopped(string name)
    {
        Tensor w = Start();
        Optimizer optimizer = Optimizers[name]([new NamedTensor("w", w)]);
        for (int i = 0; i < 3; i++) Make(optimizer, w, i);
        using var saved = new MemoryStream();
        optimizer.State().Save(saved);
        saved.Position = 0;
        Optimizer resumed = Optimizers[name]([new NamedTensor("w", w)]);
        resumed.Load(StateDictionary.Load(saved));
        for (int i = 3; i < 5; i++) Make(resumed, w, i);
        Close.Equal(Numbers(Torch.GetProperty(name)), w.ToArray(), 1e-6);
    }

    [Fact]
    public void The_state_of_another_optimizer_is_an_error()
    {
        NamedTensor[] parameters = [new NamedTensor("w", Start())];
        var error = Assert.Throws<ArgumentException>(() => new Adam(parameters).Load(new Sgd(parameters, 0.1f, 0.9f).State()));
        Assert.Contains("w.square", error.Message, StringComparison.Ordinal);
        Assert.Contains("w.momentum", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ScheduleNames))]
    public void Factors_are_those_of_PyTorch(string name)
    {
        float[] expected = Numbers(Torch.GetProperty(name));
        Close.Equal(expected, [.. expected.Select((_, step) => Schedules[name].At(step))], 2e-6);
    }

    [Fact]
    public void A_line_rises_and_falls() =>
        Close.Equal([0, 0.5f, 1, 0.75f, 0.5f, 0.25f, 0], [.. Enumerable.Range(0, 7).Select(step => new LinearSchedule(6, 2).At(step))], 1e-6);

    [Fact]
    public void Gradients_are_cut_to_a_length_together()
    {
        Tensor a = Tensor.Zeros([1]).WithGradient(), b = Tensor.Zeros([1]).WithGradient();
        (3 * a + 4 * b).Sum().Backward();
        var optimizer = new Sgd([new NamedTensor("a", a), new NamedTensor("b", b)], 1);
        Assert.Equal(5, optimizer.ClipGradients(1));
        Close.Equal([0.6f, 0.8f], [a.Gradient.ToScalar(), b.Gradient.ToScalar()], 1e-6);
        Assert.Equal(1, optimizer.ClipGradients(2), 1e-6);
        Close.Equal([0.6f, 0.8f], [a.Gradient.ToScalar(), b.Gradient.ToScalar()], 1e-6);
    }

    [Fact]
    public void A_sparse_gradient_changes_the_rows_that_were_used_only()
    {
        Tensor table = Tensor.Ones([4, 2]).WithGradient();
        var optimizer = new Sgd([new NamedTensor("table", table)], 1, weightDecay: 0.5f);
        for (int i = 0; i < 2; i++)
        {
            optimizer.ClearGradients();
            table.Embed(Tensor.OfIndices(2, i, 2), isSparse: true).Sum().Backward();
            Assert.Equal(i == 0 ? [1, 1, 0, 0, 2, 2, 0, 0] : [0, 0, 1, 1, 2, 2, 0, 0], table.Gradient.ToArray());
            optimizer.Step();
        }
        Assert.Equal([-0.5f, -0.5f, -0.5f, -0.5f, -2.75f, -2.75f, 1, 1], table.ToArray());
    }

    [Fact]
    public void A_sparse_gradient_and_a_dense_one_are_added()
    {
        Tensor table = Tensor.Ones([3, 1]).WithGradient();
        var optimizer = new Sgd([new NamedTensor("table", table)], 1);
        (table.Embed(Tensor.OfIndices(1), isSparse: true).Sum() + (table * Tensor.From([1, 2, 3], [3, 1])).Sum()).Backward();
        optimizer.Step();
        Assert.Equal([0, -2, -2], table.ToArray());
    }

    [Fact]
    public void A_table_that_was_computed_passes_its_gradient_on()
    {
        Tensor table = Tensor.Ones([3, 2]).WithGradient();
        using var step = new Step();
        (table * 2).Embed(Tensor.OfIndices(1, 1), isSparse: true).Sum().Backward();
        Assert.Equal([0, 0, 4, 4, 0, 0], table.Gradient.ToArray());
    }

    private static Tensor Start() => Tensor.Of(Numbers(Torch.GetProperty("start"))).WithGradient();

    private static void Make(Optimizer optimizer, Tensor w, int step)
    {
        optimizer.ClearGradients();
        (w * Tensor.Of(Numbers(Torch.GetProperty("gradients")[step]))).Sum().Backward();
        optimizer.Step();
    }

    private static float[] Numbers(JsonElement values) => [.. values.EnumerateArray().Select(value => value.GetSingle())];

    private static JsonElement Read([CallerFilePath] string caller = "") =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(caller)!, "torch_optimizers.json"))).RootElement;
}
