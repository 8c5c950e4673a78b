using System.Globalization;
using System.Numerics;
using MLPipelines.Data;

namespace MLPipelines.Drift;

/// <summary>Gives the values of a column, whatever its type, as numbers or texts.</summary>
internal abstract class ColumnFeed
{
    private ColumnFeed(string kind) => Kind = kind;

    /// <summary>The kind of sketch; <see cref="ColumnSketch.Text"/> where the values are to tell categories from texts.</summary>
    internal string Kind { get; }

    internal abstract void Add<TSink>(BatchColumn column, int first, int count, TSink sink) where TSink : class, IValueSink;

    /// <summary>The feed of a column; <see langword="null"/> for a type that is not compared.</summary>
    internal static ColumnFeed? Of(DataViewSchema.Column column) => column.Type switch
    {
        TextDataViewType => new Texts(),
        BooleanDataViewType => new Words<bool>(value => value ? "True" : "False"),
        DateTimeDataViewType => new Times<DateTime>(),
        DateTimeOffsetDataViewType => new Times<DateTimeOffset>(),
        KeyDataViewType { RawType: var raw } when raw == typeof(uint) => Keys(column),
        NumberDataViewType number => OfNumber(number.RawType),
        VectorDataViewType { ItemType: var item } when column.Name == "Score" && item.Equals(NumberDataViewType.Single) => new Largest(),
        _ => null,
    };

    private static Words<uint> Keys(DataViewSchema.Column column)
    {
        KeyValues? values = KeyValues.Of(column);
        string[]? texts = values is null ? null : [.. Enumerable.Range(0, values.Count).Select(values.TextOf)];
        return new Words<uint>(key => key == 0 ? null : texts is null ? key.ToString(CultureInfo.InvariantCulture) : key <= texts.Length ? texts[key - 1] : null);
    }

    private static ColumnFeed? OfNumber(Type raw)
    {
        if (raw == typeof(float)) return new Numbers<float>();
        if (raw == typeof(double)) return new Numbers<double>();
        if (raw == typeof(int)) return new Numbers<int>();
        if (raw == typeof(long)) return new Numbers<long>();
        if (raw == typeof(uint)) return new Numbers<uint>();
        if (raw == typeof(ulong)) return new Numbers<ulong>();
        if (raw == typeof(short)) return new Numbers<short>();
        if (raw == typeof(ushort)) return new Numbers<ushort>();
        if (raw == typeof(byte)) return new Numbers<byte>();
        return raw == typeof(sbyte) ? new Numbers<sbyte>() : null;
    }

    private sealed class Numbers<T>() : ColumnFeed(ColumnSketch.Number) where T : INumberBase<T>
    {
        internal override void Add<TSink>(BatchColumn column, int first, int count, TSink sink)
        {
            foreach (T value in ((ValueColumn<T>)column).Values.Slice(first, count))
            {
                if (T.IsNaN(value)) sink.AddMissing();
                else sink.AddNumber(double.CreateTruncating(value));
            }
        }
    }

    private sealed class Texts() : ColumnFeed(ColumnSketch.Text)
    {
        internal override void Add<TSink>(BatchColumn column, int first, int count, TSink sink)
        {
            var texts = (TextColumn)column;
            for (int row = first; row < first + count; row++)
            {
                if (texts[row].IsWhiteSpace()) sink.AddMissing();
                else sink.AddText(texts[row]);
            }
        }
    }

    /// <summary>Values that stand for words.</summary>
    private sealed class Words<T>(Func<T, string?> text) : ColumnFeed(ColumnSketch.Category)
    {
        internal override void Add<TSink>(BatchColumn column, int first, int count, TSink sink)
        {
            foreach (T value in ((ValueColumn<T>)column).Values.Slice(first, count))
            {
                if (text(value) is { Length: > 0 } word) sink.AddText(word);
                else sink.AddMissing();
            }
        }
    }

    /// <summary>Time moves on by nature: what is compared is only whether there is one.</summary>
    private sealed class Times<T>() : ColumnFeed(ColumnSketch.Date) where T : struct, IEquatable<T>
    {
        internal override void Add<TSink>(BatchColumn column, int first, int count, TSink sink)
        {
            foreach (T value in ((ValueColumn<T>)column).Values.Slice(first, count))
            {
                if (value.Equals(default)) sink.AddMissing();
                else sink.AddNumber(0);
            }
        }
    }

    /// <summary>Of a score per label, how sure the model is of the one that it predicts.</summary>
    private sealed class Largest() : ColumnFeed(ColumnSketch.Number)
    {
        internal override void Add<TSink>(BatchColumn column, int first, int count, TSink sink)
        {
            var vectors = (VectorColumn<float>)column;
            for (int row = first; row < first + count; row++)
            {
                float most = float.NaN;
                foreach (float value in vectors[row].Values) most = float.IsNaN(most) ? value : MathF.Max(most, value);
                if (float.IsNaN(most)) sink.AddMissing();
                else sink.AddNumber(most);
            }
        }
    }
}
