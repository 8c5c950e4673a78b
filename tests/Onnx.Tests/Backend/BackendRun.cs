using MLPipelines.Data;
using MLPipelines.Onnx.Graph;
using MLPipelines.Testing;
using MLPipelines.Transforms.Onnx;

namespace MLPipelines.Onnx.Tests;

/// <summary>Runs a test of ONNX's suite through the transform: each input is a column of one row that holds the whole tensor.</summary>
internal static class BackendRun
{
    /// <summary>Why the test cannot be run, or what came out wrong; <see langword="null"/> where it passes.</summary>
    internal static string? Problem(BackendTest test)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(test.Model);
        var types = model.Graph.Input.Concat(model.Graph.Output).DistinctBy(value => value.Name).ToDictionary(value => value.Name, value => value.Type);
        var constants = model.Graph.Initializer.Select(tensor => tensor.Name).ToHashSet();
        string[] inputs = [.. model.Graph.Input.Select(value => value.Name).Where(name => !constants.Contains(name)).Take(test.Inputs.Count)];
        OnnxValue[] given, expected;
        try
        {
            given = [.. inputs.Select((name, i) => BackendValues.Read(types[name], test.Inputs[i]))];
            expected = [.. test.Outputs.Select((bytes, i) => BackendValues.Read(model.Graph.Output[i].Type, bytes))];
        }
        catch (NotSupportedException fault)
        {
            return $"no column holds {fault.Message}";
        }
        // Columns give tensors; what takes something else is run as it is.
        if (given.Length == 0 || !Array.TrueForAll(given, value => value is OnnxTensor)) return ProblemWithoutColumns(test, inputs, given, [.. model.Graph.Output.Select(value => value.Name)], expected);
        var data = new MemoryView();
        var shapes = new Dictionary<string, int[]>();
        for (int i = 0; i < given.Length; i++)
        {
            var tensor = (OnnxTensor)given[i];
            Add(data, inputs[i], tensor);
            if (types[inputs[i]].TensorType?.Shape is { } shape && shape.Dim.Any(d => !d.HasDimValue)) shapes[inputs[i]] = Array.ConvertAll(tensor.Shape, size => (int)size);
        }
        string[] outputs = [.. model.Graph.Output.Select(value => value.Name).Take(expected.Length)];
        IDataView transformed;
        try
        {
            // A pool of threads for each of so many models would take longer than the models.
            var options = new OnnxOptions { OutputColumns = outputs, InputColumns = inputs, ShapeDictionary = shapes, IntraOpNumThreads = 1 };
            transformed = new OnnxScoringEstimator(new MLContext(1).Environment, options, new MemoryStream(test.Model)).Fit(data).Transform(data);
        }
        catch (OnnxRuntime.OnnxRuntimeException fault)
        {
            return $"not opened: {fault.Message[(fault.Message.IndexOf(": ", StringComparison.Ordinal) + 2)..]}";
        }
        catch (NotSupportedException fault)
        {
            return fault.Message;
        }
        try
        {
            return Enumerable.Range(0, outputs.Length).Select(i => Difference(transformed, outputs[i], expected[i])).FirstOrDefault(difference => difference is not null);
        }
        catch (MLPipelinesException fault)
        {
            return $"fails: {fault.Message}";
        }
    }

    private static string? ProblemWithoutColumns(BackendTest test, string[] inputs, OnnxValue[] given, string[] outputs, OnnxValue[] expected)
    {
        try
        {
            using var session = OnnxSession.Open(test.Model, new OnnxSessionOptions { IntraOpThreads = 1 });
            var results = session.Run(inputs.Zip(given).Where(input => input.Second is not OnnxNone).ToDictionary(input => input.First, input => input.Second));
            return expected.Select((value, i) => Differs(outputs[i], results[outputs[i]], value)).FirstOrDefault(difference => difference is not null);
        }
        catch (MLPipelinesException fault)
        {
            return $"without columns: {fault.Message}";
        }
    }

    private static string? Differs(string name, OnnxValue given, OnnxValue expected) => (given, expected) switch
    {
        (OnnxTensor a, OnnxTensor b) => a.Shape.AsSpan().SequenceEqual(b.Shape) ? Differs(name, a.Items, b.Items) : $"'{name}' is [{string.Join(',', a.Shape)}], expected [{string.Join(',', b.Shape)}]",
        (OnnxSequence a, OnnxSequence b) => a.Items.Count != b.Items.Count ? $"'{name}' has {a.Items.Count} elements, expected {b.Items.Count}"
            : a.Items.Zip(b.Items).Select(pair => Differs(name, pair.First, pair.Second)).FirstOrDefault(difference => difference is not null),
        (OnnxNone, OnnxNone) => null,
        _ => $"'{name}' is {given.GetType().Name}, expected {expected.GetType().Name}",
    };

    private static void Add(MemoryView data, string name, OnnxTensor tensor)
    {
        bool isScalar = tensor.Shape.Length == 0;
        switch (tensor)
        {
            case OnnxTensor<string> texts when isScalar: data.AddText(name, texts.Values); break;
            case OnnxTensor<string> texts: data.AddTexts(name, [texts.Values]); break;
            case OnnxTensor<Half> halves: Add(Array.ConvertAll(halves.Values, number => (float)number)); break;
            case OnnxTensor<BFloat16> brains: Add(Array.ConvertAll(brains.Values, number => (float)number)); break;
            case OnnxTensor<float> t: Add(t.Values); break;
            case OnnxTensor<double> t: Add(t.Values); break;
            case OnnxTensor<sbyte> t: Add(t.Values); break;
            case OnnxTensor<byte> t: Add(t.Values); break;
            case OnnxTensor<short> t: Add(t.Values); break;
            case OnnxTensor<ushort> t: Add(t.Values); break;
            case OnnxTensor<int> t: Add(t.Values); break;
            case OnnxTensor<uint> t: Add(t.Values); break;
            case OnnxTensor<long> t: Add(t.Values); break;
            case OnnxTensor<ulong> t: Add(t.Values); break;
            case OnnxTensor<bool> t: Add(t.Values); break;
        }

        void Add<T>(T[] values)
        {
            if (isScalar) data.Add(name, values);
            else data.AddVectors(name, [values], isVariable: values.Length == 0);
        }
    }

    private static string? Difference(IDataView view, string name, OnnxValue expected)
    {
        DataViewSchema.Column column = view.Schema[name.EndsWith(".output", StringComparison.Ordinal) ? name[..^7] : name];
        switch (expected)
        {
            case OnnxTensor tensor: return Differs(name, Items(view, column), tensor.Items);
            case OnnxSequence { Items: var items }:
                object[] sequence = [.. ((System.Collections.IEnumerable)MemoryView.Copy(view).ColumnOf(column.Name).GetObject(0)!).Cast<object>()];
                if (sequence.Length != items.Count) return $"'{name}' has {sequence.Length} elements, expected {items.Count}";
                return sequence.Select((item, i) => Differs(name, VectorItems(item), ((OnnxTensor)items[i]).Items)).FirstOrDefault(difference => difference is not null);
            default: return "an output may be absent";
        }
    }

    private static Array Items(IDataView view, DataViewSchema.Column column) => MemoryView.Copy(view).ColumnOf(column.Name).GetObject(0) switch
    {
        Array items => items,
        var scalar => new[] { scalar },
    };

    private static Array VectorItems(object vector) => vector switch
    {
        VBuffer<float> v => v.ToDenseArray(),
        VBuffer<double> v => v.ToDenseArray(),
        VBuffer<long> v => v.ToDenseArray(),
        VBuffer<ReadOnlyMemory<char>> v => Array.ConvertAll(v.ToDenseArray(), text => text.ToString()),
        _ => throw new NotSupportedException(vector.GetType().ToString()),
    };

    /// <summary>The suite's own tolerance, or a unit in the last place of 16-bit numbers.</summary>
    private static string? Differs(string name, Array given, Array expected)
    {
        if (given.Length != expected.Length) return $"'{name}' has {given.Length} items, expected {expected.Length}";
        double relative = expected is Half[] ? 2e-3 : expected is BFloat16[] ? 1.6e-2 : 1e-3;
        for (int i = 0; i < given.Length; i++)
        {
            object? a = given.GetValue(i), b = expected.GetValue(i);
            if (b is BFloat16 brain) b = (float)brain;
            else if (b is Half half) b = (float)half;
            if (a is string || b is string ? Equals(a, b) : IsNear(Convert.ToDouble(a, null), Convert.ToDouble(b, null), relative)) continue;
            return $"'{name}' item {i} is {a}, expected {b}";
        }
        return null;
    }

    private static bool IsNear(double a, double b, double relative) => a.Equals(b) || Math.Abs(a - b) <= (relative * Math.Abs(b)) + 1e-7;
}
