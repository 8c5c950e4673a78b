using System.Diagnostics;
using System.Globalization;
using Google.Protobuf;
using MLPipelines.Neural.Images;
using MLPipelines.Neural.Transformers;
using MLPipelines.Onnx;
using MLPipelines.Onnx.Export.Networks;
using MLPipelines.Onnx.Graph;
using MLPipelines.Tensors;
using MLPipelines.Tensors.Cpu;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Programs.Onnx;

/// <summary>What networks take here and, exported, in ONNX Runtime: one thread each, by turns, the least of many passes.</summary>
internal static class OnnxNetworksRun
{
    private const int Opset = 17;

    /// <param name="seconds">How long each side works at each network.</param>
    internal static void Run(double seconds)
    {
        Crew.Threads = 1;
        Console.WriteLine("| network | here, ms | ONNX Runtime, ms | times |\n|---|---|---|---|");
        var nasBert = new NasBertDescription { VocabularySize = 30000, PaddingId = 1 };
        var bert = new BertDescription { VocabularySize = 30522, PaddingId = 0 };
        Texts("NAS-BERT, 1 text of 12 tokens", nasBert, 1, 12, seconds);
        Texts("NAS-BERT, 32 texts of 128 tokens", nasBert, 32, 128, seconds);
        Texts("BERT-base, 1 text of 32 tokens", bert, 1, 32, seconds);
        var digits = new NetworkDescription(NetworkKind.SmallConvolutional, 28, 28, 1, 10, 32, []);
        var thumbnails = new NetworkDescription(NetworkKind.Residual, 32, 32, 3, 10, 16, [3, 3, 3]);
        var photos = new NetworkDescription(NetworkKind.Residual, 224, 224, 3, 10, 64, [2, 2, 2, 2], HasLargeStem: true);
        Pictures("Three convolutions, 1 picture of 28×28×1", digits, 1, seconds);
        Pictures("Three convolutions, 64 pictures of 28×28×1", digits, 64, seconds);
        Pictures("ResNet-20, 1 picture of 32×32×3", thumbnails, 1, seconds);
        Pictures("Depthwise separable, 1 picture of 32×32×3", thumbnails with { Kind = NetworkKind.DepthwiseSeparable, Blocks = [], Features = 32 }, 1, seconds);
        Pictures("ResNet-18, 1 picture of 224×224×3", photos, 1, seconds);
    }

    private static void Texts(string name, EncoderDescription description, int texts, int length, double seconds)
    {
        var random = new RandomSource(1);
        TextEncoder encoder = description.Create(random);
        encoder.Train(isTraining: false);
        encoder.Freeze();
        encoder.Fix();
        long[] ids = [.. Enumerable.Range(0, texts * length).Select(_ => (long)random.Next(description.VocabularySize))];
        var graph = new GraphBuilder(Opset);
        graph.Output("states", EncoderGraph.Build(new NetworkLayers(graph), description, new WeightScope(encoder.State()), TokenInputs.Enter(graph, hasSegments: false)));
        var inputs = new Dictionary<string, OnnxValue>
        {
            [TokenInputs.IdsName] = OnnxValue.Tensor(ids, texts, length),
            [TokenInputs.MaskName] = OnnxValue.Tensor([.. Enumerable.Repeat(1L, ids.Length)], texts, length),
        };
        Compare(name, graph, inputs, () => encoder.Forward(new TokenBatch(Tensor.FromIndices(ids, [texts, length]))).ToArray(), seconds);
    }

    private static void Pictures(string name, NetworkDescription description, int pictures, double seconds)
    {
        var random = new RandomSource(1);
        ImageNetwork network = description.Create(random);
        network.Train(isTraining: false);
        network.Freeze();
        network.Fix();
        float[] pixels = [.. Enumerable.Range(0, pictures * description.PixelCount).Select(_ => random.Next(256) / 128f - 1)];
        int[] shape = [pictures, description.Height, description.Width, description.Channels];
        var graph = new GraphBuilder(Opset);
        GraphValue input = graph.Input("pixels", TensorType.Float, -1, shape[1], shape[2], shape[3]);
        StateDictionary weights = [.. network.Weights];
        graph.Output("scores", ImageNetworkGraph.Build(new NetworkLayers(graph), description, new WeightScope(weights), input));
        var inputs = new Dictionary<string, OnnxValue> { ["pixels"] = OnnxValue.Tensor(pixels, [.. shape.Select(size => (long)size)]) };
        Compare(name, graph, inputs, () => network.Forward(Tensor.From(pixels, [pictures, description.Height, description.Width, description.Channels])).ToArray(), seconds);
    }

    private static void Compare(string name, GraphBuilder graph, Dictionary<string, OnnxValue> inputs, Func<float[]> here, double seconds)
    {
        using OnnxSession session = OnnxSession.Open(graph.Build("network", _ => true).ToByteArray(), new OnnxSessionOptions { IntraOpThreads = 1 });
        float[] expected = Here(), found = There();
        double difference = Enumerable.Range(0, expected.Length).Max(i => Math.Abs(expected[i] - found[i]));
        double ours = double.PositiveInfinity, theirs = double.PositiveInfinity;
        for (int turn = 0; turn < 4; turn++)
        {
            ours = Math.Min(ours, Least(Here, seconds / 4));
            theirs = Math.Min(theirs, Least(There, seconds / 4));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {ours:0.000} | {theirs:0.000} | {theirs / ours:0.00} |{(difference > 1e-3 ? $" differs by {difference}" : "")}"));

        float[] Here()
        {
            using var quiet = new NoGradient();
            using var step = new Step();
            return here();
        }

        float[] There() => ((OnnxTensor<float>)session.Run(inputs).Values.Single()).Values;
    }

    private static double Least(Func<float[]> pass, double seconds)
    {
        double least = double.PositiveInfinity;
        for (long begin = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begin).TotalSeconds < seconds;)
        {
            long start = Stopwatch.GetTimestamp();
            pass();
            least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        return least;
    }
}
