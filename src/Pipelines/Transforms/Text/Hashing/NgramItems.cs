using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>What hashed n-grams are made of: the keys of a key vector, or the words of a text, hashed to keys of 30 bits.</summary>
internal abstract class NgramItems
{
    internal static readonly NgramItems Keys = new KeyItems();
    internal static readonly NgramItems Words = new WordItems();

    /// <summary>The name of the step in model files and messages.</summary>
    internal abstract string StepName { get; }

    internal abstract DataViewSchema.Column Require(DataViewSchema schema, string name);

    internal abstract SchemaShape.Column Require(SchemaShape schema, string name);

    internal abstract KeyReader ReaderOf(DataViewSchema.Column column, uint seed);

    /// <summary>A reader, and the names of the keys that it has read.</summary>
    internal abstract KeyReader ReaderOf(DataViewSchema.Column column, uint seed, out Func<uint, ReadOnlyMemory<char>> nameOf);

    private sealed class KeyItems : NgramItems
    {
        internal override string StepName => "ngram-hashing";

        internal override DataViewSchema.Column Require(DataViewSchema schema, string name) => KeyReader.Require(schema, name, StepName);

        internal override SchemaShape.Column Require(SchemaShape schema, string name) => KeyReader.Require(schema, name, StepName);

        internal override KeyReader ReaderOf(DataViewSchema.Column column, uint seed) => KeyReader.For(column.Type);

        internal override KeyReader ReaderOf(DataViewSchema.Column column, uint seed, out Func<uint, ReadOnlyMemory<char>> nameOf)
        {
            var names = KeyValues.Of(column);
            nameOf = key => (names is not null && key <= names.Count ? names.TextOf((int)key - 1) : key.ToString(CultureInfo.InvariantCulture)).AsMemory();
            return KeyReader.For(column.Type);
        }
    }

    private sealed class WordItems : NgramItems
    {
        internal override string StepName => "word-hash-bag";

        internal override DataViewSchema.Column Require(DataViewSchema schema, string name) => TextColumns.RequireText(schema, name, StepName);

        internal override SchemaShape.Column Require(SchemaShape schema, string name) => TextColumns.RequireText(schema, name, StepName);

        internal override KeyReader ReaderOf(DataViewSchema.Column column, uint seed) => new WordKeyReader(seed);

        internal override KeyReader ReaderOf(DataViewSchema.Column column, uint seed, out Func<uint, ReadOnlyMemory<char>> nameOf)
        {
            var words = new Dictionary<uint, string>();
            nameOf = key => words[key].AsMemory();
            return new WordKeyReader(seed, words);
        }
    }
}
