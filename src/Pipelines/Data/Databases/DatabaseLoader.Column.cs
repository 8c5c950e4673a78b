using System.Data;

namespace MLPipelines.Data;

public sealed partial class DatabaseLoader
{
    /// <summary>A column of the view: its name, the type of its values, and the fields that they come from.</summary>
    public sealed class Column
    {
        public string? Name;

        /// <summary>The type of the column's values, which need not be that of the database's: numbers of any kind are converted.</summary>
        public DbType Type = DbType.Single;

        /// <summary>The fields; <see langword="null"/> for the one that is called like the column.</summary>
        public Range[]? Source;

        /// <summary>
        /// Makes an unsigned integer column one of keys. A field holds the key itself: 1 to the number of categories; 0, NULL and
        /// greater numbers are missing.
        /// </summary>
        public KeyCount? KeyCount;

        public Column() { }

        /// <summary>A column of one field.</summary>
        /// <param name="name">The name of the column.</param>
        /// <param name="dbType">The type of its values.</param>
        /// <param name="index">The index of the field, from 0.</param>
        public Column(string name, DbType dbType, int index) : this(name, dbType, [new Range(index)]) { }

        /// <summary>A vector of neighbouring fields.</summary>
        /// <param name="name">The name of the column.</param>
        /// <param name="dbType">The type of its items.</param>
        /// <param name="minIndex">The index of the first field, from 0.</param>
        /// <param name="maxIndex">The index of the last field.</param>
        public Column(string name, DbType dbType, int minIndex, int maxIndex) : this(name, dbType, [new Range(minIndex, maxIndex)]) { }

        /// <summary>A column of several fields, or of keys.</summary>
        /// <param name="name">The name of the column.</param>
        /// <param name="dbType">The type of its values.</param>
        /// <param name="source">The fields; more than one makes a vector.</param>
        /// <param name="keyCount">The number of categories, for a column of keys.</param>
        public Column(string name, DbType dbType, Range[] source, KeyCount? keyCount = null)
        {
            ArgumentNullException.ThrowIfNull(name);
            ArgumentNullException.ThrowIfNull(source);
            (Name, Type, Source, KeyCount) = (name, dbType, source, keyCount);
        }
    }

    /// <summary>One field by its name, or neighbouring fields by their indices.</summary>
    public sealed class Range
    {
        /// <summary>The index of the first field, from 0.</summary>
        public int Min;

        /// <summary>The index of the last field.</summary>
        public int Max;

        /// <summary>The name of the field, instead of indices. Case matters only where two names differ by nothing else.</summary>
        public string? Name;

        /// <summary>Whether one field makes a vector as well.</summary>
        public bool ForceVector;

        public Range() { }

        /// <param name="index">The index of one field.</param>
        public Range(int index)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            (Min, Max) = (index, index);
        }

        /// <param name="name">The name of one field.</param>
        public Range(string name)
        {
            ArgumentNullException.ThrowIfNull(name);
            (Min, Max, Name) = (-1, -1, name);
        }

        /// <param name="min">The index of the first field.</param>
        /// <param name="max">The index of the last field.</param>
        public Range(int min, int max)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(min);
            if (max < min) throw new ArgumentOutOfRangeException(nameof(max), max, $"The last field comes before the first, {min}.");
            (Min, Max, ForceVector) = (min, max, true);
        }
    }
}
