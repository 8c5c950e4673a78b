using System.Collections;
using MLPipelines.Data;

namespace MLPipelines;

/// <summary>What is known of a schema before data is seen: names and types, without vector sizes and key counts.</summary>
public sealed class SchemaShape : IReadOnlyList<SchemaShape.Column>
{
    private readonly Column[] _columns;

    public SchemaShape(IEnumerable<Column> columns) => _columns = [.. columns];

    public int Count => _columns.Length;

    public Column this[int index] => _columns[index];

    public IEnumerator<Column> GetEnumerator() => ((IEnumerable<Column>)_columns).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _columns.GetEnumerator();

    public bool TryFindColumn(string name, out Column column)
    {
        int index = Array.FindLastIndex(_columns, c => c.Name == name);
        column = index >= 0 ? _columns[index] : default;
        return index >= 0;
    }

    /// <summary>The shape of a schema; hidden columns are left out.</summary>
    public static SchemaShape Create(DataViewSchema schema) => new(schema.Where(c => !c.IsHidden).Select(Column.Of));

    /// <summary>This shape with some columns added, or replaced where the names are the same.</summary>
    public SchemaShape With(params IEnumerable<Column> columns)
    {
        List<Column> all = [.. _columns];
        foreach (Column column in columns)
        {
            int index = all.FindIndex(c => c.Name == column.Name);
            if (index >= 0) all[index] = column;
            else all.Add(column);
        }
        return new SchemaShape(all);
    }

    /// <summary>The column of a name, or an error that names the step and lists the columns that exist.</summary>
    internal Column Require(string name, string step) => TryFindColumn(name, out Column column) ? column
        : throw new ArgumentOutOfRangeException(nameof(name), $"{step}: column '{name}' not found. The columns are: {this}.");

    public override string ToString() => string.Join(", ", _columns);

    /// <summary>One column of a shape.</summary>
    public readonly struct Column
    {
        /// <summary>One value per row, or a vector whose length is the same in every row, or differs.</summary>
        public enum VectorKind
        {
            Scalar,
            Vector,
            VariableVector,
        }

        public Column(string name, VectorKind kind, DataViewType itemType, bool isKey, SchemaShape? annotations = null) =>
            (Name, Kind, ItemType, IsKey, _annotations) = (name, kind, itemType, isKey, annotations);

        private readonly SchemaShape? _annotations;

        public string Name { get; }

        public VectorKind Kind { get; }

        /// <summary>The type of an item; for a key, the number type that carries it.</summary>
        public DataViewType ItemType { get; }

        public bool IsKey { get; }

        /// <summary>The annotations that the column will have.</summary>
        public SchemaShape Annotations => _annotations ?? Empty;

        private static readonly SchemaShape Empty = new([]);

        internal static Column Of(DataViewSchema.Column column)
        {
            DataViewType item = RawTypes.AnyItemTypeOf(column.Type);
            var kind = column.Type is VectorDataViewType vector ? vector.IsKnownSize ? VectorKind.Vector : VectorKind.VariableVector : VectorKind.Scalar;
            return new Column(column.Name, kind, item is KeyDataViewType key ? CarrierOf(key) : item, item is KeyDataViewType, Create(column.Annotations.Schema));
        }

        internal static PrimitiveDataViewType CarrierOf(KeyDataViewType key) => NumberDataViewType.All.First(n => n.RawType == key.RawType);

        public bool IsCompatibleWith(Column other) => Kind == other.Kind && IsKey == other.IsKey && ItemType.Equals(other.ItemType);

        public bool HasSlotNames => Annotations.TryFindColumn(AnnotationKinds.SlotNames, out _);

        public bool HasKeyValues => Annotations.TryFindColumn(AnnotationKinds.KeyValues, out _);

        public string GetTypeString()
        {
            string item = IsKey ? $"Key<{ItemType}>" : ItemType.ToString()!;
            return Kind switch { VectorKind.Vector => $"Vector<{item}>", VectorKind.VariableVector => $"VarVector<{item}>", _ => item };
        }

        public override string ToString() => $"{Name}: {GetTypeString()}";
    }
}
