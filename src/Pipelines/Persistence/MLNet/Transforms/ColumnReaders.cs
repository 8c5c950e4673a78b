using MLPipelines.Data;
using MLPipelines.Transforms;

namespace MLPipelines.Persistence.MLNet;

/// <summary>Steps that put columns together, copy them, or leave them out.</summary>
internal static class ColumnReaders
{
    /// <summary>From version 3 on, each column with its sources and their aliases; before, all columns first and all aliases after them.</summary>
    internal static void Concatenate(Component component, Payload payload, ChainBuilder chain)
    {
        bool isOld = payload.Version < 0x00010003;
        if (isOld) payload.SizeOfSingle();
        int count = payload.Count(12, least: 1);
        var outputs = new List<string>();
        for (int i = 0; i < count; i++)
        {
            string output = payload.Name();
            string[] inputs = new string[payload.Count(4, least: 1)];
            for (int j = 0; j < inputs.Length; j++)
            {
                inputs[j] = payload.Name();
                // What slots are called after another name matters to nobody who predicts.
                if (!isOld) payload.TextOrNull();
            }
            if (inputs.Any(outputs.Contains)) throw component.Invalid($"not supported: it reads a column and replaces it in one step");
            outputs.Add(output);
            chain.Add(new ColumnConcatenatingTransformer(output, inputs), inputs, [output]);
        }
    }

    /// <summary>Pairs of names.</summary>
    internal static void Copy(Component component, Payload payload, ChainBuilder chain)
    {
        InputOutputColumnPair[] pairs = payload.Pairs();
        chain.Add(new ColumnCopyingTransformer([.. pairs.Select(pair => new ColumnCopy(pair))]), pairs);
    }

    /// <summary>Whether the columns are kept or left out, whether hidden ones are kept, whether absent ones are passed over; the names.</summary>
    internal static void Select(Component component, Payload payload, ChainBuilder chain)
    {
        bool keeps = payload.Bool(), keepsHidden = payload.Bool(), ignoresMissing = payload.Bool();
        Add(chain, Names(payload), keeps, keepsHidden, ignoresMissing);
    }

    /// <summary>The size of a number; whether the columns are kept or, as it always was before version 2, left out; the names.</summary>
    internal static void Drop(Component component, Payload payload, ChainBuilder chain)
    {
        payload.SizeOfSingle();
        bool keeps = payload.Version >= 0x00010002 && payload.Bool();
        // As an old step it keeps the order of the columns.
        string[] names = Names(payload);
        if (keeps && chain.Schema is { } schema) names = [.. schema.Select(column => column.Name).Where(names.Contains).Distinct(StringComparer.Ordinal)];
        Add(chain, names, keeps, keepsHidden: true, ignoresMissing: false);
    }

    /// <summary>The size of a number, what becomes of hidden columns; of each column its name, its source, and what becomes of hidden ones.</summary>
    internal static void Choose(Component component, Payload payload, ChainBuilder chain)
    {
        const byte drops = 1, renames = 3;
        payload.SizeOfSingle();
        byte hidden = payload.Byte();
        var pairs = new List<InputOutputColumnPair>();
        for (int left = payload.Count(9); left > 0; left--)
        {
            string output = payload.Name();
            pairs.Add(new InputOutputColumnPair(output, payload.Name()));
            hidden = Math.Max(hidden, payload.Byte());
        }
        if (hidden >= renames) throw component.Invalid("not supported: it gives hidden columns other names");
        InputOutputColumnPair[] renamed = [.. pairs.Where(pair => pair.InputColumnName != pair.OutputColumnName)];
        if (renamed.Length > 0) chain.Add(new ColumnCopyingTransformer([.. renamed.Select(pair => new ColumnCopy(pair))]), renamed);
        Add(chain, [.. pairs.Select(pair => pair.OutputColumnName)], keeps: true, keepsHidden: hidden != drops, ignoresMissing: false);
    }

    /// <summary>
    /// Columns that may be absent where the model is applied, such as the label: each with its type. They are columns of the input here, and
    /// where the file's own input lacks one, it is made of missing values.
    /// </summary>
    internal static void Optional(Component component, Payload payload, ChainBuilder chain)
    {
        for (int left = payload.Count(6, least: 1); left > 0; left--)
        {
            string name = payload.Name();
            DataViewType type = payload.Type();
            if (chain.Schema is { } schema && schema.GetColumnOrNull(name) is null) throw component.Invalid($"not supported: column '{name}' of type {type} is not among the columns of the file");
        }
    }

    private static void Add(ChainBuilder chain, string[] names, bool keeps, bool keepsHidden, bool ignoresMissing) =>
        chain.Add(new ColumnSelectingTransformer(names, isDrop: !keeps, keepsHidden) { IgnoresMissing = ignoresMissing }, keeps ? names : [], []);

    private static string[] Names(Payload payload)
    {
        string[] names = new string[payload.Count(4)];
        for (int i = 0; i < names.Length; i++) names[i] = payload.Name();
        return names;
    }
}
