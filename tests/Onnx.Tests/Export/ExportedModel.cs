using Google.Protobuf;
using MLPipelines.Data;
using MLPipelines.Onnx.Export;
using MLPipelines.Onnx.Export.Columns;
using MLPipelines.Onnx.Graph;

namespace MLPipelines.Onnx.Tests.Export;

/// <summary>Runs an exported model on the rows that the original sees, and compares what both say.</summary>
internal static class ExportedModel
{
    private const int MaximumRows = 300;

    internal static ModelProto Of(ParityRow row)
    {
        var (model, data) = row.Fitted;
        var options = new OnnxExportOptions { OutputColumns = row.Outputs ?? Made(model, data.Schema) };
        return ModelExporter.Export(model, data.Schema, row.Opset is { } opset ? options with { OpsetVersion = opset } : options);
    }

    /// <summary>The columns that a model makes.</summary>
    private static string[] Made(ITransformer model, DataViewSchema input) => [.. model.GetOutputSchema(input)
        .Where(column => !column.IsHidden && (input.GetColumnOrNull(column.Name) is not { } old || old.Index != column.Index || !old.Type.Equals(column.Type)) && ColumnTensors.OuterType(column.Type) is not null)
        .Select(column => column.Name)];

    /// <summary>Compares all outputs on the first rows, in one run and row by row for a few.</summary>
    internal static void AssertParity(ParityRow row)
    {
        ModelProto exported = Of(row);
        var (model, data) = row.Fitted;
        using OnnxSession session = OnnxSession.Open(exported.ToByteArray());
        int rows = CompareRows(row, session, model, data, MaximumRows);
        Assert.True(rows > 0, "There were no rows to compare.");
        Assert.Equal(1, CompareRows(row, session, model, data, 1));
    }

    private static int CompareRows(ParityRow row, OnnxSession session, ITransformer model, IDataView data, int maximum)
    {
        IDataView taken = new MLContext(1).Data.TakeRows(data, maximum);
        BatchView input = BatchView.Of(taken), output = BatchView.Of(model.Transform(taken));
        var values = session.Inputs.ToDictionary(node => node.Name, node => ToValue(input, node.Name));
        var results = session.Run(values);
        foreach (OnnxNode node in session.Outputs)
        {
            string name = node.Name[..^".output".Length];
            DataViewSchema.Column column = output.Schema[name];
            BatchColumn expected = output.ReadColumns(column.Index)[0];
            Compare(row, name, column.Type, expected, (OnnxTensor)results[node.Name]);
        }
        return (int)(input.GetRowCount() ?? input.ReadColumns(0)[0].RowCount);
    }

    private static OnnxValue ToValue(BatchView view, string name)
    {
        DataViewSchema.Column column = view.Schema[name];
        BatchColumn values = view.ReadColumns(column.Index)[0];
        long[] dimensions = column.Type is VectorDataViewType vector ? [.. vector.Dimensions.Select(length => (long)length)] : [1];
        object[] rows = [.. Enumerable.Range(0, values.RowCount).Select(row => values.GetObject(row)!).Select(item => item is DateTime date ? DateConverter.MicrosecondsOf(date) : item)];
        if (column.Type is VectorDataViewType { IsKnownSize: false }) dimensions = [rows.Max(item => ((Array)item).Length)];
        return RawTypes.ItemTypeOf(column.Type).RawType switch
        {
            var type when type == typeof(float) => Tensor<float>(rows, dimensions, float.NaN),
            var type when type == typeof(double) => Tensor<double>(rows, dimensions, double.NaN),
            var type when type == typeof(bool) => Tensor<bool>(rows, dimensions, false),
            var type when type == typeof(int) => Tensor<int>(rows, dimensions, 0),
            var type when type == typeof(uint) => Tensor<uint>(rows, dimensions, 0),
            var type when type == typeof(long) || type == typeof(DateTime) => Tensor<long>(rows, dimensions, 0),
            var type when type == typeof(ulong) => Tensor<ulong>(rows, dimensions, 0),
            var type when type == typeof(short) => Tensor<short>(rows, dimensions, 0),
            var type when type == typeof(ushort) => Tensor<ushort>(rows, dimensions, 0),
            var type when type == typeof(byte) => Tensor<byte>(rows, dimensions, 0),
            var type when type == typeof(sbyte) => Tensor<sbyte>(rows, dimensions, 0),
            _ => Tensor(rows, dimensions, ""),
        };
    }

    private static OnnxTensor<T> Tensor<T>(object[] rows, long[] dimensions, T padding)
    {
        long width = dimensions.Aggregate(1L, (product, length) => product * length);
        var items = new List<T>();
        foreach (object row in rows)
        {
            T[] own = row as T[] ?? [(T)row];
            items.AddRange(own);
            for (long i = own.Length; i < width; i++) items.Add(padding);
        }
        return OnnxValue.Tensor<T>([.. items], [rows.Length, .. dimensions]);
    }

    private static void Compare(ParityRow row, string name, DataViewType type, BatchColumn expected, OnnxTensor found)
    {
        Assert.Equal(expected.RowCount, found.Shape[0]);
        int width = expected.RowCount == 0 ? 0 : found.Items.Length / expected.RowCount;
        for (int r = 0; r < expected.RowCount; r++)
        {
            object[] wanted = expected.GetObject(r) is Array items ? [.. items.Cast<object>()] : [expected.GetObject(r)!];
            bool isVariable = type is VectorDataViewType { IsKnownSize: false };
            Assert.True(isVariable ? wanted.Length <= width : wanted.Length == width, $"{name}: {width} items found, expected {wanted.Length}.");
            for (int i = 0; i < wanted.Length; i++)
            {
                object actual = found.Items.GetValue(r * width + i)!;
                if (!AreSame(wanted[i], actual, row.Tolerance)) Assert.Fail($"{row.Name}, column {name}, row {r}, slot {i}: the export says {actual}, the original {wanted[i]}.");
            }
            // What follows a shorter row is padding.
            for (int i = wanted.Length; i < width; i++) Assert.True(found.Items.GetValue(r * width + i) is "" or 0u or (ushort)0 or 0f or float.NaN, $"{name}, row {r}: slot {i} is no padding.");
        }
    }

    private static bool AreSame(object expected, object actual, double tolerance)
    {
        if (expected is string or bool) return expected.Equals(actual);
        double a = Convert.ToDouble(expected, System.Globalization.CultureInfo.InvariantCulture), b = Convert.ToDouble(actual, System.Globalization.CultureInfo.InvariantCulture);
        return a.Equals(b) || Math.Abs(a - b) <= tolerance * Math.Max(1, Math.Abs(a));
    }
}
