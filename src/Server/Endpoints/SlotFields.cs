using System.Numerics;
using System.Text;
using System.Text.Json;
using MLPipelines.Data;

namespace MLPipelines.Server;

/// <summary>
/// Vectors whose items have names, such as the numbers of a table that were brought together when it was loaded: a row gives each item as a field of its own.
/// </summary>
internal sealed class SlotFields
{
    private readonly Column[] _columns;

    private SlotFields(Column[] columns) => _columns = columns;

    /// <summary>The fields for the vectors among some inputs; <see langword="null"/> where there are none.</summary>
    internal static SlotFields? Of(IReadOnlyList<ModelInput> inputs)
    {
        Column[] columns = [.. inputs.Select((input, place) => (input, place)).Where(pair => pair.input is { Slots: not null, Type: VectorDataViewType { ItemType: NumberDataViewType } })
            .Select(pair => NumberTypes.Dispatch((NumberDataViewType)((VectorDataViewType)pair.input.Type).ItemType, new ForColumn(pair.input, pair.place)))];
        return columns.Length == 0 ? null : new SlotFields(columns);
    }

    /// <summary>A row begins.</summary>
    internal void Begin(ScoringRows rows)
    {
        rows.Scratch ??= Array.ConvertAll(_columns, column => column.CreateItems());
        foreach (object items in (object[])rows.Scratch) ((IItems)items).Clear();
    }

    /// <summary>Reads the value of a field whose name the reader is at, where it is one of an item.</summary>
    internal bool TryRead(ref Utf8JsonReader reader, ScoringRows rows, int row)
    {
        for (int i = 0; i < _columns.Length; i++)
        {
            int slot = _columns[i].Find(ref reader);
            if (slot < 0) continue;
            reader.Read();
            _columns[i].Read(ref reader, (IItems)((object[])rows.Scratch!)[i], slot, row);
            return true;
        }
        return false;
    }

    /// <summary>A row ends: its items become vectors.</summary>
    internal void End(ScoringRows rows, int row)
    {
        for (int i = 0; i < _columns.Length; i++)
            _columns[i].End((IItems)((object[])rows.Scratch!)[i], rows.Input(_columns[i].Place), row);
    }

    private interface IItems
    {
        void Clear();
    }

    private abstract class Column(ModelInput input, int place)
    {
        private readonly byte[][] _names = [.. input.Slots!.Select(Encoding.UTF8.GetBytes)];

        internal int Place { get; } = place;

        protected ModelInput Input { get; } = input;

        internal int Find(ref Utf8JsonReader reader)
        {
            for (int i = 0; i < _names.Length; i++)
                if (reader.ValueTextEquals(_names[i])) return i;
            return -1;
        }

        internal abstract object CreateItems();

        internal abstract void Read(ref Utf8JsonReader reader, IItems items, int slot, int row);

        internal abstract void End(IItems items, BatchColumn target, int row);
    }

    private sealed class Items<T>(int count) : IItems
    {
        internal T[] Values { get; } = new T[count];

        internal bool[] Given { get; } = new bool[count];

        internal int Count { get; set; }

        public void Clear()
        {
            Array.Clear(Given);
            Count = 0;
        }
    }

    private sealed class Column<T>(ModelInput input, int place) : Column(input, place) where T : unmanaged, INumber<T>
    {
        internal override object CreateItems() => new Items<T>(Input.Slots!.Count);

        internal override void Read(ref Utf8JsonReader reader, IItems items, int slot, int row)
        {
            var own = (Items<T>)items;
            if (own.Given[slot]) throw RequestProblemException.At(row, Input.Slots![slot], "it is given twice.");
            if (reader.TokenType == JsonTokenType.Null) own.Values[slot] = MissingValue.Of<T>();
            else if (!NumberText<T>.TryRead(ref reader, out own.Values[slot]))
                throw RequestProblemException.At(row, Input.Slots![slot], $"found {JsonColumnReader.Describe(ref reader)}, expected {NumberText<T>.Expected}.");
            own.Given[slot] = true;
            own.Count++;
        }

        internal override void End(IItems items, BatchColumn target, int row)
        {
            var own = (Items<T>)items;
            // The vector as a whole may have been given instead.
            if (target.RowCount > row) return;
            if (own.Count < own.Given.Length)
            {
                string missing = Input.Slots![Array.IndexOf(own.Given, false)];
                throw RequestProblemException.At(row, missing, $"it is missing; the model needs {string.Join(", ", Input.Slots!.Take(20))}{(Input.Slots!.Count > 20 ? " and more" : "")}. For a value that is not known write null.");
            }
            ((VectorColumn<T>)target).Append(own.Values);
        }
    }

    private sealed class ForColumn(ModelInput input, int place) : NumberTypes.IVisitor<Column>
    {
        public Column Visit<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T> => new Column<T>(input, place);
    }
}
