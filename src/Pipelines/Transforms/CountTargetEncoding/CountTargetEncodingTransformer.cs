using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>Makes features out of how often categories had each label; see <see cref="CountTargetEncodingEstimator"/>.</summary>
public sealed class CountTargetEncodingTransformer : OneToOneTransformer<CountTargetEncoding>
{
    internal const string StepName = "count-target-encoding";

    internal CountTargetEncodingTransformer(IReadOnlyList<CountTargetEncoding> mappings) : base(mappings) { }

    public override string TypeId => StepName;

    /// <summary>What was counted for a column; <see langword="null"/> for one that is not there.</summary>
    internal CountTargetEncoding? Find(InputOutputColumnPair columns) => Mappings.FirstOrDefault(mapping =>
        mapping.Columns.OutputColumnName == columns.OutputColumnName && mapping.Columns.InputColumnName == columns.InputColumnName);

    internal static CountTargetEncodingTransformer Load(ModelStepReader reader) => new(LoadMappings(reader, CountTargetEncoding.Load));
}

/// <summary>The counts of one column.</summary>
public sealed class CountTargetEncoding : ColumnMapping
{
    private readonly CountTable[] _tables;
    private readonly string[] _classNames;

    internal CountTargetEncoding(HashingEstimator.ColumnOptions hashing, float priorCoefficient, CountTable[] tables, string[] classNames)
        : base(new InputOutputColumnPair(hashing.Name, hashing.InputColumnName)) =>
        (Hashing, PriorCoefficient, _tables, _classNames) = (hashing, priorCoefficient, tables, classNames);

    internal HashingEstimator.ColumnOptions Hashing { get; }

    internal float PriorCoefficient { get; }

    internal IReadOnlyList<CountTable> Tables => _tables;

    // Of two labels, the odds of one say those of the other.
    private int OddsCount => _classNames.Length == 2 ? 1 : _classNames.Length;

    /// <summary>How many numbers an item becomes.</summary>
    internal int FeatureCount => _classNames.Length + OddsCount + 1;

    protected internal override OutputColumn Bind(DataViewSchema.Column input)
    {
        OutputColumn keys = new HashMapping(Hashing, names: null).Bind(input);
        int slots = keys.Type is VectorDataViewType vector ? vector.Size : 1;
        if (slots != _tables.Length)
            throw ColumnTypeException.Create(CountTargetEncodingTransformer.StepName, input, _tables.Length == 1 ? "a scalar as in training" : $"a vector of {_tables.Length} items as in training");
        var annotations = new DataViewSchema.Annotations.Builder();
        string[]? names = keys.Type is VectorDataViewType ? input.SlotNamesOrNull() : [Columns.OutputColumnName];
        if (names is not null) annotations.AddSlotNames(slots * FeatureCount, ColumnAnnotations.TextValues([.. names.SelectMany(name => FeatureNames().Select(feature => $"{name}_{feature}"))]));
        return new OutputColumn(Columns.OutputColumnName, new VectorDataViewType(NumberDataViewType.Single, slots, FeatureCount), annotations.ToAnnotations(), [input.Index],
            () => CreateKernel(keys.CreateKernel()));
    }

    private IEnumerable<string> FeatureNames() =>
        [.. _classNames.Select(name => $"{name}_Count"), .. _classNames.Take(OddsCount).Select(name => $"{name}_LogOdds"), "IsBackoff"];

    private ColumnKernel CreateKernel(ColumnKernel hash)
    {
        var result = new VectorColumn<float>(_tables.Length * FeatureCount);
        uint[] keys = new uint[_tables.Length];
        return batch =>
        {
            BatchColumn hashed = hash(batch);
            Span<float> all = result.Resize(hashed.RowCount);
            for (int row = 0; row < hashed.RowCount; row++)
            {
                if (hashed is ValueColumn<uint> scalars) keys[0] = scalars.Values[row];
                else ((VectorColumn<uint>)hashed)[row].CopyTo(keys);
                for (int slot = 0; slot < keys.Length; slot++, all = all[FeatureCount..]) Write(_tables[slot], keys[slot], all[..FeatureCount]);
            }
            return result;
        };
    }

    /// <summary>Writes what a key becomes.</summary>
    internal void Write(CountTable table, uint key, Span<float> features)
    {
        int labels = _classNames.Length;
        ReadOnlySpan<float> counts = table.CountsOf(key, out bool isRare);
        features.Clear();
        counts.CopyTo(features);
        float sum = 0;
        foreach (float count in counts) sum += count;
        for (int label = 0; label < OddsCount; label++)
        {
            double count = features[label], prior = table.Frequencies[label];
            // A label that never or always occurs would have infinite odds.
            if ((count <= 0 && prior <= 0) || prior >= 1) continue;
            features[labels + label] = (float)Math.Log((count + PriorCoefficient * prior) / (sum - count + PriorCoefficient * (1 - prior)));
        }
        features[^1] = isRare ? 1 : 0;
    }

    protected internal override void Save(ModelStepWriter writer)
    {
        new HashMapping(Hashing, names: null).Save(writer.Section("hash"));
        writer.Set("priorCoefficient", PriorCoefficient);
        writer.Set("slots", _tables.Length);
        writer.WriteTexts("classes", _classNames);
        for (int slot = 0; slot < _tables.Length; slot++) _tables[slot].Save(writer.Section(string.Create(CultureInfo.InvariantCulture, $"slot-{slot}")));
    }

    internal static CountTargetEncoding Load(InputOutputColumnPair columns, ModelStepReader reader)
    {
        string[] classes = [.. reader.ReadTexts("classes")];
        int slots = reader.GetInt32("slots");
        double prior = reader.GetDouble("priorCoefficient");
        if (slots < 1 || classes.Length < 2 || !(prior > 0)) throw reader.Invalid("its parameters are out of range");
        CountTable[] tables = [.. Enumerable.Range(0, slots).Select(slot => CountTable.Load(reader.Section(string.Create(CultureInfo.InvariantCulture, $"slot-{slot}")), classes.Length))];
        return new CountTargetEncoding(HashMapping.Load(columns, reader.Section("hash")).Options, (float)prior, tables, classes);
    }
}
