using MLPipelines.Data;

namespace MLPipelines.Recommendation;

/// <summary>
/// What is known of users, or of items, beside what was done: an age group, the genres of a film. Methods that use it
/// (<see cref="BiasedFactorizationMethod"/>) know something of users and items without any interaction, too. It is immutable.
/// </summary>
public sealed class SideTable
{
    private readonly NameTable _names, _features;
    private readonly Interactions _values;

    internal SideTable(NameTable names, NameTable features, Interactions values) => (_names, _features, _values) = (names, features, values);

    /// <summary>Whom or what it is about.</summary>
    public IReadOnlyList<string> Names => _names.Names;

    /// <summary>The features: a column and one of its texts, as <c>genre=Comedy</c>, or a column of numbers.</summary>
    public IReadOnlyList<string> Features => _features.Names;

    /// <summary>Reads a text file, whose layout is seen from its first rows.</summary>
    /// <param name="path">The file.</param>
    /// <param name="nameColumn">The column of users, or of items; the first when left out.</param>
    /// <exception cref="MLPipelinesException">A name is empty or comes twice.</exception>
    public static SideTable Load(string path, string? nameColumn = null)
    {
        InferredTextFile layout = TextFileInference.Infer(path);
        string name = nameColumn ?? layout.Columns[0].Name;
        TextLoader.Options options = layout.ToOptions(layout.Columns.Select(column => column.Name == name ? column with { Kind = DataKind.String } : column));
        return Read(new TextLoader(new TrainingEnvironment(null), options).Load(new MultiFileSource(path)), name, path);
    }

    /// <summary>
    /// Reads a table with a row for each user, or item. Of a text a feature is made that is 1, of several separated by <c>|</c> one each; a truth value is a feature that is 1 or absent; numbers
    /// are brought to a mean of 0 and a standard deviation of 1.
    /// </summary>
    /// <param name="data">The table.</param>
    /// <param name="nameColumn">The column of users, or of items: text, whole numbers or a key.</param>
    /// <param name="source">What messages call the table.</param>
    /// <exception cref="MLPipelinesException">A name is empty or comes twice.</exception>
    /// <exception cref="ArgumentException">There is no such column, or no other.</exception>
    public static SideTable Read(IDataView data, string nameColumn, string source = "The side features")
    {
        ArgumentNullException.ThrowIfNull(data);
        return new SideTableReader(data, nameColumn, source).Read();
    }

    /// <summary>The features of the users, or items, of a table, in its order; nothing for those that this does not know.</summary>
    internal Interactions For(NameTable names)
    {
        int[] starts = new int[names.Count + 1], rows = [.. names.Names.Select(_names.Find)];
        for (int i = 0; i < rows.Length; i++) starts[i + 1] = starts[i] + (rows[i] < 0 ? 0 : _values.ItemsOf(rows[i]).Length);
        int[] features = new int[starts[^1]];
        float[] values = new float[features.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            if (rows[i] < 0) continue;
            _values.ItemsOf(rows[i]).CopyTo(features.AsSpan(starts[i]));
            _values.ValuesOf(rows[i]).CopyTo(values.AsSpan(starts[i]));
        }
        return new Interactions(starts, features, values, _features.Count);
    }

    /// <summary>The names of a table, and then those that only this has.</summary>
    internal NameTable Extend(NameTable names)
    {
        string[] others = [.. _names.Names.Where(name => names.Find(name) < 0)];
        return others.Length == 0 ? names : new NameTable(names.Names.Concat(others));
    }

    internal void Save(ModelStepWriter writer)
    {
        writer.WriteTexts("names", Names);
        writer.WriteTexts("features", Features);
        _values.Save(writer);
    }

    internal static SideTable Load(ModelStepReader reader)
    {
        try
        {
            NameTable names = new(reader.ReadTexts("names")), features = new(reader.ReadTexts("features"));
            return new SideTable(names, features, Interactions.Load(reader, names.Count, features.Count));
        }
        catch (ArgumentException e)
        {
            throw reader.Invalid(e.Message);
        }
    }
}
