using System.Globalization;

namespace MLPipelines.Data;

/// <summary>Writes labels and features as SVM-light files, which <see cref="SvmLightLoader"/> describes.</summary>
internal static class SvmLightSaver
{
    internal static void Save(BatchView view, Stream stream, bool zeroBased, bool binaryLabel, string labelName, string featureName, string? groupName, string? weightName)
    {
        DataViewSchema.Column label = Require(view.Schema, labelName, NumberDataViewType.Single), features = view.Schema[featureName];
        if (features.Type is not VectorDataViewType { ItemType: var item } || item.RawType != typeof(float))
            throw new ArgumentOutOfRangeException(nameof(featureName), $"Column '{featureName}' is {features.Type}, expected a vector of Single.");
        DataViewSchema.Column? weight = weightName is null ? null : Require(view.Schema, weightName, NumberDataViewType.Single);
        DataViewSchema.Column? group = groupName is null ? null : view.Schema[groupName];
        if (group is { Type: var type } && type is not KeyDataViewType && type.RawType != typeof(ulong))
            throw new ArgumentOutOfRangeException(nameof(groupName), $"Column '{groupName}' is {type}, expected a key.");

        using var writer = new DelimitedWriter(stream, ' ', leaveOpen: true);
        DataViewSchema.Column?[] wanted = [label, features, weight, group];
        using BatchCursor cursor = view.OpenBatches(ColumnSet.Of(view.Schema, wanted.OfType<DataViewSchema.Column>()));
        while (cursor.Next() is { } batch)
        {
            for (int row = 0; row < batch.RowCount; row++)
            {
                float value = ((ValueColumn<float>)batch[label.Index]).Values[row];
                if (binaryLabel) writer.WriteRawFields(float.IsNaN(value) ? "0" : value > 0 ? "1" : "-1");
                else Write(writer, "", value);
                if (group is { Index: var groups } && KeyAt(batch[groups], row) is > 0 and var key) Write(writer, "qid:", key - 1);
                if (weight is { Index: var weights } && ((ValueColumn<float>)batch[weights]).Values[row] is not 1 and var cost) Write(writer, "cost:", cost);
                WriteFeatures(writer, ((VectorColumn<float>)batch[features.Index])[row], zeroBased ? 0 : 1);
                writer.EndRow();
            }
        }
    }

    private static void WriteFeatures(DelimitedWriter writer, RowVector<float> features, int first)
    {
        Span<char> index = stackalloc char[16];
        bool any = false;
        for (int i = 0; i < features.Values.Length; i++)
        {
            if (features.Values[i] == 0) continue;
            (first + (features.IsDense ? i : features.Indices[i])).TryFormat(index, out int length, default, CultureInfo.InvariantCulture);
            index[length++] = ':';
            Write(writer, index[..length], features.Values[i]);
            any = true;
        }
        // Some programs expect at least one feature.
        if (!any) Write(writer, first == 0 ? "0:" : "1:", 0f);
    }

    private static void Write<T>(DelimitedWriter writer, ReadOnlySpan<char> name, T value) where T : ISpanFormattable
    {
        Span<char> text = stackalloc char[64];
        name.CopyTo(text);
        value.TryFormat(text[name.Length..], out int length, default, CultureInfo.InvariantCulture);
        writer.WriteRawFields(text[..(name.Length + length)]);
    }

    private static ulong KeyAt(BatchColumn column, int row) => column switch
    {
        ValueColumn<ulong> keys => keys.Values[row],
        ValueColumn<uint> keys => keys.Values[row],
        ValueColumn<ushort> keys => keys.Values[row],
        ValueColumn<byte> keys => keys.Values[row],
        _ => 0,
    };

    private static DataViewSchema.Column Require(DataViewSchema schema, string name, DataViewType type) => schema[name].Type.Equals(type) ? schema[name]
        : throw new ArgumentOutOfRangeException(nameof(name), $"Column '{name}' is {schema[name].Type}, expected {type}. Conversion.ConvertType makes it.");
}
