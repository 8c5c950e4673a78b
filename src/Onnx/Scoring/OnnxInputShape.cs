using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.Onnx;

/// <summary>The tensor that rows of a column make: the sizes of one row's, of which one may follow from the row's length, and the first may count rows.</summary>
internal sealed class OnnxInputShape
{
    private readonly long[] _sizes;
    private readonly int _free;
    private readonly long _known;

    private OnnxInputShape(long[] sizes, int free, bool hasRows)
    {
        (_sizes, _free, HasRows) = (sizes, free, hasRows);
        _known = 1;
        for (int i = 0; i < sizes.Length; i++)
        {
            if (i != free) _known *= sizes[i];
        }
    }

    /// <summary>Whether several rows can go together.</summary>
    internal bool HasRows { get; }

    internal int Rank => _sizes.Length;

    /// <summary>The shape of a column's rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Rows of this column do not fill the input.</exception>
    internal static OnnxInputShape Of(string step, OnnxPort port, DataViewSchema.Column column)
    {
        var vector = column.Type as VectorDataViewType;
        int length = vector?.Size ?? 1;
        if (port.Dimensions is null)
        {
            // The column's own shape, behind the dimension of rows, is the best that is known.
            long[] own = vector is null ? [1] : vector.IsKnownSize ? [1, .. vector.Dimensions.Select(size => (long)size)] : [1, -1];
            return new OnnxInputShape(own, Array.IndexOf(own, -1), hasRows: true);
        }
        long[] sizes = [.. port.Dimensions];
        if (sizes.Length > 0 && sizes[0] < 0) sizes[0] = 1;
        // Sizes that the model leaves open are those of the column, where it has as many dimensions.
        if (vector is { IsKnownSize: true } && sizes.Count(size => size < 0) > 1)
        {
            int skip = sizes.Length - vector.Dimensions.Length;
            for (int i = 0; i < sizes.Length && skip is 0 or 1; i++)
            {
                if (sizes[i] < 0 && i >= skip) sizes[i] = vector.Dimensions[i - skip];
            }
        }
        int free = Array.IndexOf(sizes, -1);
        if (sizes.Count(size => size < 0) > 1) throw Unfit($"several sizes are open, and the column does not say them; fix them with shapeDictionary, such as [\"{port.Name}\"] = [{string.Join(", ", sizes.Select(s => s < 0 ? "8" : s.ToString(CultureInfo.InvariantCulture)))}]");
        var shape = new OnnxInputShape(sizes, free, port.HasRows);
        if (vector is null or { IsKnownSize: true } && !shape.Takes(length))
        {
            throw Unfit(free < 0 ? $"a row fills {shape._known:N0} items, the column has {length:N0}" : $"the items of a row are a multiple of {shape._known:N0}, the column has {length:N0}");
        }
        return shape;

        ArgumentOutOfRangeException Unfit(string problem) =>
            new(nameof(column), $"{step}: column '{column.Name}' is {column.Type}, the ONNX model's input {port.Node}: {problem}.");
    }

    /// <summary>Whether a row of so many items fills it.</summary>
    internal bool Takes(int length) => _free < 0 ? length == _known : _known > 0 && length % _known == 0;

    /// <summary>The shape of some rows of a length.</summary>
    internal void Write(Span<long> shape, int rows, int length)
    {
        _sizes.CopyTo(shape);
        if (_free >= 0) shape[_free] = length / _known;
        if (HasRows) shape[0] = rows;
    }

    public override string ToString() => $"[{string.Join(',', _sizes.Select((size, i) => i == 0 && HasRows ? "rows" : size < 0 ? "?" : size.ToString(CultureInfo.InvariantCulture)))}]";
}
