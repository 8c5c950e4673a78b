using System.Numerics;
using MLPipelines.Data;
using MLPipelines.Onnx.Graph;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Export.Columns;

/// <summary>Values to keys and back, and keys to vectors. Inside a graph keys are 64-bit integers, 0 for a missing one.</summary>
internal static class KeyConverters
{
    internal static void FromValues(StepExport step) => step.SetEach((column, input, saved) => Look(step.Graph, column, KeyValues.Load(saved)));

    internal static void ToValues(StepExport step) => step.SetEach((column, input, _) =>
    {
        KeyValues values = KeyValues.Of(input) ?? throw new NotExportableException($"column '{input.Name}' does not say what its keys stand for");
        return ValueOf(step.Graph, column, values);
    });

    /// <summary>1 at the place of the key; for several keys their vectors one after the other, or the sum of them.</summary>
    internal static void ToVector(StepExport step) => step.SetEach((column, input, saved) =>
    {
        GraphBuilder graph = step.Graph;
        long keys = (long)((KeyDataViewType)RawTypes.ItemTypeOf(input.Type)).Count;
        bool isCount = saved.GetBoolean("count");
        if (column.Width < 0 && !isCount) throw new NotExportableException($"column '{input.Name}' has a different number of keys in each row; outputKind Bag adds them up");
        // Key 0 and keys beyond the last fall into a place of their own, which is left out.
        GraphValue known = graph.Where(graph.Less(column, graph.Scalar(keys + 1)), column, graph.Scalar(0L));
        GraphValue hot = graph.Node("OneHot", TensorType.Float, [-1, column.Width, keys + 1], [known, graph.Scalar(keys + 1), graph.Constant([0f, 1f], 2)], ("axis", -1));
        GraphValue places = graph.Slice(hot, 2, 1, keys + 1);
        return isCount ? graph.ReduceSum(places, keepsAxis: false) : graph.Reshape(places, -1, column.Width * keys);
    });

    /// <summary>The bits of the key less 1; a missing key is all ones.</summary>
    internal static void ToBits(StepExport step) => step.SetEach((column, input, _) =>
    {
        GraphBuilder graph = step.Graph;
        int bits = BitOperations.Log2(((KeyDataViewType)RawTypes.ItemTypeOf(input.Type)).Count) + 2;
        if (column.Width < 0) throw new NotExportableException($"column '{input.Name}' has a different number of keys in each row");
        GraphValue index = graph.Unsqueeze(graph.Subtract(column, graph.Scalar(1L)), 2);
        GraphValue powers = graph.Constant<long>([.. Enumerable.Range(0, bits).Select(bit => 1L << (bits - 1 - bit))], 1, 1, bits);
        // −1 for the missing key is all ones when halves are rounded down: add a multiple of all powers.
        GraphValue whole = graph.Add(index, graph.Where(graph.Less(index, graph.Scalar(0L)), graph.Scalar(1L << bits), graph.Scalar(0L)));
        GraphValue halves = graph.Divide(whole, powers);
        GraphValue odd = graph.Subtract(halves, graph.Multiply(graph.Divide(halves, graph.Scalar(2L)), graph.Scalar(2L)));
        return graph.Reshape(graph.Cast(odd, TensorType.Float), -1, column.Width * bits);
    });

    /// <summary>Replaces values by a table.</summary>
    internal static void MapValue(StepExport step) => step.SetEach((column, _, saved) =>
    {
        GraphBuilder graph = step.Graph;
        GraphValue row = Look(graph, column, KeyValues.Load(saved.Section("keys")));
        ModelStepReader table = saved.Section("values");
        KeyValues items = KeyValues.Load(table);
        DataViewType type = DataViewTypeNames.Parse(table.GetString("column"));
        if (type is not VectorDataViewType vector)
        {
            if (items.Type is KeyDataViewType) return graph.Gather(graph.Constant<long>([0, .. Enumerable.Range(0, items.Count).Select(i => long.Parse(items.TextOf(i), System.Globalization.CultureInfo.InvariantCulture))], items.Count + 1), row);
            GraphValue found = ValueOf(graph, row, items);
            return table.Has("absentIsZero") && found.Type is (TensorType.Float or TensorType.Double) ? graph.Where(graph.Greater(row, graph.Scalar(0L)), found, graph.Cast(graph.Scalar(0f), found.Type)) : found;
        }
        if (!vector.IsKnownSize || vector.ItemType is KeyDataViewType or TextDataViewType) throw new NotExportableException("its table has lists of texts or keys, or lists of different length");
        GraphValue numbers = Table(graph, items, (long)vector.Size);
        return graph.Gather(numbers, graph.Squeeze(row, 1));
    });

    /// <summary>The place of values in a list, from 1; 0 for those that are not in it.</summary>
    internal static GraphValue Look(GraphBuilder graph, GraphValue column, KeyValues values)
    {
        int count = values.Count;
        long[] keys = [.. Enumerable.Range(1, count).Select(i => (long)i)];
        switch (column.Type)
        {
            case TensorType.String:
                var texts = ((KeyValues<ReadOnlyMemory<char>>)values).Values;
                string[] distinct = new string[count];
                for (int i = 0; i < count; i++) distinct[i] = texts[i].ToString();
                // The first of several equal values counts.
                var first = keys.DistinctBy(key => distinct[key - 1], StringComparer.Ordinal).ToList();
                return count == 0 ? graph.Look(column, [""], [0], 0) : graph.Look(column, [.. first.Select(key => distinct[key - 1])], first, 0);
            case TensorType.Bool:
                return Look(graph, graph.Cast(column, TensorType.Int64), keys, [.. BooleansOf(values)]);
            case TensorType.Float or TensorType.Double:
                return Floats(graph, column, values);
            default:
                if (values.Type is not (NumberDataViewType or KeyDataViewType)) throw new NotExportableException($"values of type {values.Type} have no type in ONNX");
                return Look(graph, graph.Cast(column, TensorType.Int64), keys, [.. Enumerable.Range(0, count).Select(i => Whole(values.TextOf(i)))]);
        }
    }

    /// <summary>The value of keys in a list; a missing value for those without.</summary>
    internal static GraphValue ValueOf(GraphBuilder graph, GraphValue keys, KeyValues values)
    {
        int count = values.Count;
        if (values is KeyValues<ReadOnlyMemory<char>>) return graph.Name(keys, [.. Enumerable.Range(1, Math.Max(1, count)).Select(i => (long)i)], count == 0 ? [""] : [.. Enumerable.Range(0, count).Select(values.TextOf)], "");
        GraphValue isKnown = graph.And(graph.Greater(keys, graph.Scalar(0L)), graph.Less(keys, graph.Scalar(count + 1L)));
        GraphValue place = graph.Where(isKnown, keys, graph.Scalar(0L));
        GraphValue table = Table(graph, values, 0);
        return table.Type == TensorType.Bool ? graph.Cast(graph.Gather(graph.Cast(table, TensorType.Int64), place), TensorType.Bool) : graph.Gather(table, place);
    }

    /// <summary>Values as a tensor with one more, a missing one, in front; as a list, or as rows of some length.</summary>
    private static GraphValue Table(GraphBuilder graph, KeyValues values, long width)
    {
        long rows = width == 0 ? values.Count + 1 : values.Count / width + 1, missing = width == 0 ? 1 : width;
        ReadOnlySpan<long> shape = width == 0 ? [rows] : [rows, width];
        return values switch
        {
            KeyValues<float> v => graph.Constant<float>([.. Enumerable.Repeat(float.NaN, (int)missing), .. v.Values], shape),
            KeyValues<double> v => graph.Constant<double>([.. Enumerable.Repeat(double.NaN, (int)missing), .. v.Values], shape),
            KeyValues<bool> v => graph.Constant<bool>([.. new bool[missing], .. v.Values], shape),
            KeyValues<int> v => graph.Constant<int>([.. new int[missing], .. v.Values], shape),
            KeyValues<long> v => graph.Constant<long>([.. new long[missing], .. v.Values], shape),
            KeyValues<uint> v => graph.Constant<uint>([.. new uint[missing], .. v.Values], shape),
            KeyValues<ulong> v => graph.Constant<ulong>([.. new ulong[missing], .. v.Values], shape),
            KeyValues<short> v => graph.Constant<short>([.. new short[missing], .. v.Values], shape),
            KeyValues<ushort> v => graph.Constant<ushort>([.. new ushort[missing], .. v.Values], shape),
            KeyValues<byte> v => graph.Constant<byte>([.. new byte[missing], .. v.Values], shape),
            KeyValues<sbyte> v => graph.Constant<sbyte>([.. new sbyte[missing], .. v.Values], shape),
            _ => throw new NotExportableException($"values of type {values.Type} have no type in ONNX"),
        };
    }

    private static GraphValue Look(GraphBuilder graph, GraphValue column, long[] keys, long[] values) => values.Length == 0
        ? graph.Multiply(column, graph.Scalar(0L))
        : graph.Encode(column, TensorType.Int64, ("keys_int64s", values), ("values_int64s", keys), ("default_int64", 0L));

    /// <summary>Numbers are compared with all that are known, in their own precision.</summary>
    private static GraphValue Floats(GraphBuilder graph, GraphValue column, KeyValues values)
    {
        int count = values.Count;
        if (count == 0) return graph.Cast(graph.Multiply(graph.Where(graph.IsNaN(column), ZeroOf(graph, column), column), ZeroOf(graph, column)), TensorType.Int64);
        GraphValue known = values is KeyValues<float> singles ? graph.Constant(singles.Values, 1, 1, count) : graph.Constant(((KeyValues<double>)values).Values, 1, 1, count);
        GraphValue isSame = graph.Equal(graph.Unsqueeze(column, 2), known);
        if (Enumerable.Range(0, count).FirstOrDefault(i => values.TextOf(i) == "NaN", -1) is >= 0 and var nan)
        {
            bool[] place = new bool[count];
            place[nan] = true;
            isSame = graph.Or(isSame, graph.And(graph.Unsqueeze(graph.IsNaN(column), 2), graph.Constant<bool>(place, 1, 1, count)));
        }
        GraphValue numbers = graph.Constant<long>([.. Enumerable.Range(1, count).Select(i => (long)i)], 1, 1, count);
        return graph.ReduceSum(graph.Multiply(graph.Cast(isSame, TensorType.Int64), numbers), axis: 2, keepsAxis: false);
    }

    private static GraphValue ZeroOf(GraphBuilder graph, GraphValue column) => column.Type == TensorType.Double ? graph.Scalar(0.0) : graph.Scalar(0f);

    private static long Whole(string text) => ulong.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out ulong number)
        ? unchecked((long)number) : long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static long[] BooleansOf(KeyValues values)
    {
        ReadOnlySpan<bool> all = ((KeyValues<bool>)values).Values;
        long[] numbers = new long[all.Length];
        for (int i = 0; i < all.Length; i++) numbers[i] = all[i] ? 1 : 0;
        return numbers;
    }
}
