using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>A column whose values an expression is computed from: one at a time.</summary>
internal abstract class ExpressionInput
{
    /// <summary>The value at the moment.</summary>
    internal abstract ExpressionValue Value { get; }

    /// <summary>Goes to a row.</summary>
    /// <returns>The number of items that it has.</returns>
    internal abstract int MoveTo(Batch batch, int row);

    /// <summary>Goes to an item of the row; a scalar has the same value for all.</summary>
    internal virtual void MoveTo(int item) { }

    internal static bool CanBe(DataViewType item) => item is BooleanDataViewType or TextDataViewType || item.Equals(NumberDataViewType.Int32)
        || item.Equals(NumberDataViewType.Int64) || item.Equals(NumberDataViewType.Single) || item.Equals(NumberDataViewType.Double);

    internal static ExpressionInput Create(PrimitiveDataViewType item, bool isVector, int column) => RawTypes.Dispatch(item, new Factory(isVector, column));

    private sealed class Factory(bool isVector, int column) : RawTypes.IVisitor<ExpressionInput>
    {
        public ExpressionInput Visit<T>()
        {
            if (typeof(T) == typeof(ReadOnlyMemory<char>)) return isVector ? new TextVectorInput(column) : new TextInput(column);
            return isVector ? new VectorInput<T>(column) : new ScalarInput<T>(column);
        }
    }

    private sealed class ScalarInput<T> : ExpressionInput
    {
        private readonly int _column;
        private T _value = default!;

        internal ScalarInput(int column) => (_column, Value) = (column, ExpressionValue.Of(() => _value));

        internal override ExpressionValue Value { get; }

        internal override int MoveTo(Batch batch, int row)
        {
            _value = ((ValueColumn<T>)batch[_column]).Values[row];
            return 1;
        }
    }

    private sealed class VectorInput<T> : ExpressionInput
    {
        private readonly int _column;
        private T[] _items = [];
        private T _value = default!;

        internal VectorInput(int column) => (_column, Value) = (column, ExpressionValue.Of(() => _value));

        internal override ExpressionValue Value { get; }

        internal override int MoveTo(Batch batch, int row)
        {
            RowVector<T> items = ((VectorColumn<T>)batch[_column])[row];
            if (_items.Length < items.Length) _items = new T[items.Length];
            items.CopyTo(_items);
            return items.Length;
        }

        internal override void MoveTo(int item) => _value = _items[item];
    }

    private sealed class TextInput : ExpressionInput
    {
        private readonly int _column;
        private readonly ExpressionText _text = new();

        internal TextInput(int column) => (_column, Value) = (column, ExpressionValue.Of(() => _text.Written));

        internal override ExpressionValue Value { get; }

        internal override int MoveTo(Batch batch, int row)
        {
            _text.Clear().Append(((TextColumn)batch[_column])[row]);
            return 1;
        }
    }

    private sealed class TextVectorInput : ExpressionInput
    {
        private readonly int _column;
        private readonly ExpressionText _text = new();
        private TextVectorColumn? _rows;
        private int _row;

        internal TextVectorInput(int column) => (_column, Value) = (column, ExpressionValue.Of(() => _text.Written));

        internal override ExpressionValue Value { get; }

        internal override int MoveTo(Batch batch, int row)
        {
            (_rows, _row) = ((TextVectorColumn)batch[_column], row);
            return _rows.LengthOf(row);
        }

        internal override void MoveTo(int item) => _text.Clear().Append(_rows![_row, item]);
    }
}
