using MLPipelines.Data;

namespace MLPipelines;

public sealed partial class DataViewSchema
{
    /// <summary>Named values that describe a column. The names in use are in <see cref="AnnotationKinds"/>.</summary>
    public sealed class Annotations
    {
        private readonly Delegate[] _getters;

        private Annotations(DataViewSchema schema, Delegate[] getters) => (Schema, _getters) = (schema, getters);

        public static Annotations Empty { get; } = new(new DataViewSchema.Builder().ToSchema(), []);

        /// <summary>The names and types of the annotations.</summary>
        public DataViewSchema Schema { get; }

        public ValueGetter<TValue> GetGetter<TValue>(Column column) => _getters[column.Index] as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Annotation '{column.Name}' is {column.Type}; it cannot be read as {typeof(TValue)}.");

        public void GetValue<TValue>(string kind, ref TValue value) => GetGetter<TValue>(Schema[kind])(ref value);

        public override string ToString() => Schema.ToString();

        /// <summary>Puts annotations together.</summary>
        public sealed class Builder
        {
            private readonly DataViewSchema.Builder _schema = new();
            private readonly List<Delegate> _getters = [];

            public void Add<TValue>(string name, DataViewType type, ValueGetter<TValue> getter)
            {
                _schema.AddColumn(name, type);
                _getters.Add(getter);
            }

            /// <summary>Takes over all the annotations of another column that pass a filter.</summary>
            public void Add(Annotations annotations, Func<string, bool> selector)
            {
                foreach (Column column in annotations.Schema)
                {
                    if (!selector(column.Name)) continue;
                    _schema.AddColumn(column.Name, column.Type);
                    _getters.Add(annotations._getters[column.Index]);
                }
            }

            public void AddPrimitiveValue<TValue>(string name, PrimitiveDataViewType type, TValue value) =>
                Add(name, type, (ref TValue destination) => destination = value);

            public void AddKeyValues<TValue>(int size, PrimitiveDataViewType type, ValueGetter<VBuffer<TValue>> getter) =>
                Add(AnnotationKinds.KeyValues, new VectorDataViewType(type, size), getter);

            public void AddSlotNames(int size, ValueGetter<VBuffer<ReadOnlyMemory<char>>> getter) =>
                Add(AnnotationKinds.SlotNames, new VectorDataViewType(TextDataViewType.Instance, size), getter);

            public Annotations ToAnnotations() => new(_schema.ToSchema(), [.. _getters]);
        }
    }
}
