namespace MLPipelines.Data;

public sealed partial class TextLoader
{
    /// <summary>A column of the view and the fields of the file that it is read from: by index, or by the names in the header.</summary>
    public sealed class Column
    {
        /// <summary>The name of the column.</summary>
        public string? Name;

        /// <summary>The fields to read, by index. Several of them make a vector, in this order.</summary>
        public Range[]? Source;

        /// <summary>
        /// The fields to read, by their names in the header of each file; in place of <see cref="Source"/>. Several of them
        /// make a vector, in this order.
        /// </summary>
        public string[]? SourceNames;

        /// <summary>The number of categories of a key column, whose fields are numbers from 0; <see langword="null"/> when it is none.</summary>
        public KeyCount? KeyCount;

        public Column() { }

        /// <param name="name">The name of the column.</param>
        /// <param name="dataKind">The kind of its values.</param>
        /// <param name="index">The index of its field.</param>
        public Column(string name, DataKind dataKind, int index) : this(name, dataKind, [new Range(index)]) { }

        /// <param name="name">The name of the column.</param>
        /// <param name="dataKind">The kind of the items of the vector.</param>
        /// <param name="minIndex">The index of the first field.</param>
        /// <param name="maxIndex">The index of the last field.</param>
        public Column(string name, DataKind dataKind, int minIndex, int maxIndex) : this(name, dataKind, [new Range(minIndex, maxIndex)]) { }

        /// <param name="name">The name of the column.</param>
        /// <param name="dataKind">The kind of its values, or of the items of its vector.</param>
        /// <param name="source">The fields to read.</param>
        /// <param name="keyCount">The number of categories of a key column.</param>
        public Column(string name, DataKind dataKind, Range[] source, KeyCount? keyCount = null)
        {
            ArgumentNullException.ThrowIfNull(name);
            ArgumentNullException.ThrowIfNull(source);
            (Name, DataKind, Source, KeyCount) = (name, dataKind, source, keyCount);
        }

        /// <summary>The kind of the column's values, or of the items of its vector.</summary>
        public DataKind DataKind { get; set; } = DataKind.Single;

        /// <summary>Whether even one field makes a vector.</summary>
        internal bool IsVector { get; init; }
    }

    /// <summary>Neighbouring fields of a row.</summary>
    public sealed class Range
    {
        /// <summary>The index of the first field.</summary>
        public int Min;

        /// <summary>The index of the last field; <see langword="null"/> for one field, or for all to the end of the row.</summary>
        public int? Max;

        /// <summary>Without <see cref="Max"/>: the fields to the end of the row, as many in each as the first rows have.</summary>
        public bool AutoEnd;

        /// <summary>Without <see cref="Max"/>: the fields to the end of the row, however many each row has.</summary>
        public bool VariableEnd;

        /// <summary>Leaves out the fields that another range names.</summary>
        public bool AllOther;

        /// <summary>Whether even one field makes a vector.</summary>
        public bool ForceVector;

        public Range() { }

        /// <param name="index">The index of one field.</param>
        public Range(int index)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            (Min, Max) = (index, index);
        }

        /// <param name="min">The index of the first field.</param>
        /// <param name="max">The index of the last; <see langword="null"/> for all to the end of the row.</param>
        public Range(int min, int? max)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(min);
            if (max < min) throw new ArgumentOutOfRangeException(nameof(max), max, $"The last field comes before the first, {min}.");
            (Min, Max, AutoEnd, ForceVector) = (min, max, max is null, true);
        }
    }
}
