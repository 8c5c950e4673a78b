using System.Diagnostics;
using System.Globalization;
using Google.Protobuf;
using MLPipelines.Data;
using MLPipelines.Onnx;
using MLPipelines.Onnx.Graph;
using MLPipelines.Transforms.Onnx;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Programs.Onnx;

/// <summary>
/// What <c>ApplyOnnxModel</c> adds to ONNX Runtime: both run small models over the same batches of the same rows in turn, ONNX Runtime with buffers that
/// lie still. Both use one session, since the waiting threads of two would be in each other's way. The least time of each counts.
/// </summary>
internal static unsafe class OnnxOverheadRun
{
    private const int Inputs = 50;

    /// <param name="rows">How many rows of 50 numbers there are.</param>
    /// <param name="runs">How often each is timed.</param>
    internal static void Run(int rows, int runs)
    {
        var random = new Random(1);
        float[][] numbers = [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, Inputs).Select(_ => random.NextSingle()).ToArray())];
        var context = new MLContext(1);
        IDataView data = context.Data.Cache(context.Data.LoadFromEnumerable(numbers.Select(row => new Row { X = row })));
        Console.WriteLine($"{rows:N0} rows of {Inputs} numbers, ONNX Runtime {OnnxRuntimeLibrary.Current.Api.Version}, least of {runs} runs, milliseconds");
        Console.WriteLine("model                     | direct | ApplyOnnxModel | added");
        foreach (var (name, outputs, model) in new[] { ("logistic regression", 1, Logistic(random)), ("two layers, 64 between", 2, Layers(random)), ("trees of ai.onnx.ml", 1, Trees(random)) })
        {
            OnnxTransformer transformer = context.Transforms.ApplyOnnxModel(new MemoryStream(model)).Fit(data);
            float[] flat = [.. numbers.SelectMany(row => row)];
            float[] direct = new float[rows * outputs], applied = new float[rows * outputs];
            double leastDirect = double.MaxValue, leastApplied = double.MaxValue;
            for (int run = 0; run < runs; run++)
            {
                long start = Stopwatch.GetTimestamp();
                Direct(transformer.Session, flat, direct, rows, outputs);
                leastDirect = Math.Min(leastDirect, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                start = Stopwatch.GetTimestamp();
                Applied(transformer, data, null);
                leastApplied = Math.Min(leastApplied, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            Applied(transformer, data, applied);
            if (!direct.AsSpan().SequenceEqual(applied)) throw new InvalidOperationException($"{name}: the results differ.");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-25} | {leastDirect,6:0.00} | {leastApplied,14:0.00} | {(leastApplied / leastDirect) - 1,5:P1}"));
        }
    }

    private static void Direct(OnnxSession session, float[] input, float[] output, int rows, int outputs)
    {
        OrtApi api = session.Api;
        using var memory = new OrtHandle(api, OrtRelease.MemoryInfo, api.CreateCpuMemoryInfo());
        using OrtHandle binding = api.CreateBinding(session.Handle);
        using var x = new NativeNames(["x"]);
        using var y = new NativeNames(["y"]);
        fixed (float* from = input, to = output)
        {
            for (int first = 0; first < rows; first += Batch.DefaultRowCount)
            {
                int count = Math.Min(Batch.DefaultRowCount, rows - first);
                nint given = api.CreateTensor(memory.Pointer, from + (first * Inputs), (nuint)(count * Inputs * sizeof(float)), [count, Inputs], OnnxElementType.Float);
                nint made = api.CreateTensor(memory.Pointer, to + (first * outputs), (nuint)(count * outputs * sizeof(float)), [count, outputs], OnnxElementType.Float);
                api.BindInput(binding.Pointer, x[0], given);
                api.BindOutput(binding.Pointer, y[0], made);
                api.Run(session.Handle.Pointer, binding.Pointer);
                api.Release(OrtRelease.Value, given);
                api.Release(OrtRelease.Value, made);
            }
        }
    }

    /// <summary>Reads the column as a trainer or a writer would read it: batch by batch, where it lies.</summary>
    private static void Applied(OnnxTransformer transformer, IDataView data, float[]? output)
    {
        BatchView transformed = BatchView.Of(transformer.Transform(data));
        int y = transformed.Schema["y"].Index, at = 0;
        using BatchCursor cursor = transformed.OpenBatches(ColumnSet.Of(transformed.Schema, [y]));
        while (cursor.Next() is { } batch)
        {
            ReadOnlySpan<float> scores = ((VectorColumn<float>)batch[y]).Values;
            if (output is null) continue;
            scores.CopyTo(output.AsSpan(at));
            at += scores.Length;
        }
    }

    private static byte[] Logistic(Random random)
    {
        var graph = new GraphBuilder(17);
        GraphValue x = graph.Input("x", TensorType.Float, -1, Inputs);
        GraphValue product = graph.Node("Gemm", TensorType.Float, [-1, 1], [x, Weights(graph, random, Inputs, 1), Weights(graph, random, 1)]);
        graph.Output("y", graph.Node("Sigmoid", TensorType.Float, [-1, 1], [product]));
        return graph.Build("logistic", _ => true).ToByteArray();
    }

    private static byte[] Layers(Random random)
    {
        var graph = new GraphBuilder(17);
        GraphValue x = graph.Input("x", TensorType.Float, -1, Inputs);
        GraphValue between = graph.Node("Gemm", TensorType.Float, [-1, 64], [x, Weights(graph, random, Inputs, 64), Weights(graph, random, 64)]);
        GraphValue positive = graph.Node("Relu", TensorType.Float, [-1, 64], [between]);
        graph.Output("y", graph.Node("Gemm", TensorType.Float, [-1, 2], [positive, Weights(graph, random, 64, 2), Weights(graph, random, 2)]));
        return graph.Build("layers", _ => true).ToByteArray();
    }

    /// <summary>Twenty trees of one decision.</summary>
    private static byte[] Trees(Random random)
    {
        const int trees = 20;
        var graph = new GraphBuilder(17);
        GraphValue x = graph.Input("x", TensorType.Float, -1, Inputs);
        long[] Each(params long[] values) => [.. Enumerable.Range(0, trees).SelectMany(_ => values)];
        long[] Numbers(int count) => [.. Enumerable.Range(0, trees).SelectMany(tree => Enumerable.Repeat((long)tree, count))];
        GraphValue score = graph.Nodes("TreeEnsembleRegressor", "ai.onnx.ml", [(TensorType.Float, [-1, 1])], [x],
            ("n_targets", 1), ("nodes_treeids", Numbers(3)), ("nodes_nodeids", Each(0, 1, 2)), ("nodes_truenodeids", Each(1, 0, 0)), ("nodes_falsenodeids", Each(2, 0, 0)),
            ("nodes_modes", Enumerable.Range(0, trees).SelectMany(_ => new[] { "BRANCH_LEQ", "LEAF", "LEAF" })), ("nodes_featureids", Enumerable.Range(0, trees).SelectMany(tree => new long[] { tree, 0, 0 })),
            ("nodes_values", Enumerable.Range(0, trees).SelectMany(_ => new[] { random.NextSingle(), 0, 0 })),
            ("target_treeids", Numbers(2)), ("target_nodeids", Each(1, 2)), ("target_ids", Each(0, 0)),
            ("target_weights", Enumerable.Range(0, trees * 2).Select(_ => random.NextSingle())))[0];
        graph.Output("y", score);
        return graph.Build("trees", _ => true).ToByteArray();
    }

    private static GraphValue Weights(GraphBuilder graph, Random random, params long[] shape)
    {
        float[] numbers = [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (product, size) => product * size)).Select(_ => random.NextSingle() - 0.5f)];
        return graph.Constant<float>(numbers, shape);
    }

    private sealed class Row
    {
        [ColumnName("x"), VectorType(Inputs)]
        public float[] X { get; set; } = [];
    }
}
