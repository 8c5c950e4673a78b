using System.Globalization;
using MLPipelines.Data;
using MLPipelines.Onnx.Graph;
using MLPipelines.Transforms;
using MLPipelines.Transforms.Text;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Export.Hashing;

/// <summary>Hashes as keys, and what is counted by them.</summary>
internal static class HashConverters
{
    private const long Word = 1L << 32;

    internal static void Hash(StepExport step) => step.SetEach((column, input, saved) => Keys(step.Graph, column, input, saved));

    /// <summary>The counts and odds of each key, from a table of them.</summary>
    internal static void CountTarget(StepExport step)
    {
        var encoder = (CountTargetEncodingTransformer)step.Transformer;
        foreach (var (name, output, saved) in step.Mappings().ToList())
        {
            GraphBuilder graph = step.Graph;
            CountTargetEncoding mapping = encoder.Find(new InputOutputColumnPair(output, name))!;
            GraphValue keys = Keys(graph, step.Column(name), step.Input[name], saved.Section("hash"));
            List<GraphValue> parts = [];
            for (int slot = 0; slot < mapping.Tables.Count; slot++) parts.Add(Counts(graph, graph.Slice(keys, 1, slot, slot + 1), mapping, mapping.Tables[slot]));
            step.Set(output, graph.Concat(parts));
        }
    }

    private static GraphValue Counts(GraphBuilder graph, GraphValue keys, CountTargetEncoding mapping, CountTable table)
    {
        uint[] known = table.Keys.ToArray(), unknown = [0];
        while (Array.IndexOf(known, unknown[0]) >= 0) unknown[0]++;
        uint[] rows = [.. unknown, .. known];
        float[] features = new float[rows.Length * mapping.FeatureCount];
        for (int row = 0; row < rows.Length; row++) mapping.Write(table, rows[row], features.AsSpan(row * mapping.FeatureCount, mapping.FeatureCount));
        GraphValue places = known.Length == 0 ? graph.Multiply(keys, graph.Scalar(0L)) : graph.Encode(keys, TensorType.Int64,
            ("keys_int64s", known.Select(key => (long)key)), ("values_int64s", Enumerable.Range(1, known.Length).Select(place => (long)place)), ("default_int64", 0L));
        return graph.Gather(graph.Constant<float>(features, rows.Length, mapping.FeatureCount), graph.Squeeze(places, 1));
    }

    /// <summary>The keys of values, [rows, items].</summary>
    private static GraphValue Keys(GraphBuilder graph, GraphValue column, DataViewSchema.Column input, ModelStepReader saved)
    {
        if (saved.GetBoolean("combine") && input.Type is VectorDataViewType) throw new NotExportableException("one hash of several values depends on how many there are");
        if (column.Width < 0) throw new NotExportableException($"column '{input.Name}' has a different number of items in each row");
        HashForm form = saved.Has("form") ? saved.GetEnum<HashForm>("form") : HashForm.Default;
        if (form == HashForm.Published) throw new NotExportableException("hashes of the form that ML.NET has had from version 1.5 on have no converter");
        var arithmetic = new HashArithmetic(graph);
        uint seed = uint.Parse(saved.GetString("seed"), CultureInfo.InvariantCulture);
        bool isOrdered = saved.GetBoolean("useOrderedHashing");
        long[] seeds = [.. Enumerable.Range(0, (int)column.Width).Select(slot => (long)(isOrdered ? MurmurHash.Round(seed, (uint)slot) : seed))];
        var (hashes, areMissing) = Hashes(arithmetic, column, RawTypes.ItemTypeOf(input.Type), graph.Constant<long>(seeds, 1, seeds.Length), isReversed: form == HashForm.MLNet);
        GraphValue keys = graph.Add(arithmetic.Remainder(hashes, 1L << saved.GetInt32("numberOfBits")), graph.Scalar(1L));
        return areMissing is null ? keys : graph.Where(areMissing, graph.Scalar(0L), keys);
    }

    private static (GraphValue Hashes, GraphValue? AreMissing) Hashes(HashArithmetic arithmetic, GraphValue column, PrimitiveDataViewType item, GraphValue seeds, bool isReversed)
    {
        GraphBuilder graph = arithmetic.Graph;
        if (column.Type == TensorType.String)
        {
            var (texts, areEmpty) = TextHash.Of(arithmetic, column, graph.Reshape(graph.Repeat(seeds, column), -1, 1), isReversed);
            return (graph.Reshape(texts, -1, column.Width), graph.Reshape(areEmpty, -1, column.Width));
        }
        if (column.Type is TensorType.Float or TensorType.Double) throw new NotExportableException("no operator gives the bits of floating-point numbers; Conversion.ConvertType makes whole numbers or texts of them");
        GraphValue value = graph.Cast(column, TensorType.Int64), word = graph.Scalar(Word), zero = graph.Scalar(0L);
        GraphValue Unsigned(GraphValue a) => graph.Where(graph.Less(a, zero), graph.Add(a, word), a);
        // The remainder of a negative number is negative, too.
        GraphValue low = Unsigned(arithmetic.Remainder(value, Word)), hashes = arithmetic.Round(seeds, low);
        if (column.Type is TensorType.Int64 or TensorType.Uint64 && (item is not KeyDataViewType || item.RawType == typeof(ulong)))
        {
            GraphValue high = Unsigned(graph.Divide(graph.Subtract(value, low), word));
            hashes = graph.Where(graph.Equal(high, zero), hashes, arithmetic.Round(hashes, high));
        }
        return (arithmetic.Finish(hashes), item is KeyDataViewType ? graph.Equal(value, zero) : null);
    }
}
