using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>
/// Makes features out of categories by counting how often each had each label: for each label the count c, then the logarithm of the
/// odds, ln((c + α·p) / (n − c + α·(1 − p))), where n is the count of all labels of the category, p the frequency of the label and α the prior
/// coefficient (for two labels, of the first only), and then 1 where the category is one of the rare ones that are taken together, else 0. Categories
/// are hashed, as by <see cref="HashingEstimator"/>. The items of a vector each get features of their own, unless they are combined.
/// The label is a key, a truth value, or a number that counts from 0; rows without one are left out.
/// </summary>
public sealed class CountTargetEncodingEstimator : OneToOneEstimator<CountTargetEncodingTransformer>
{
    internal static class Defaults
    {
        internal const string LabelColumnName = "Label";
        internal const float PriorCoefficient = 1;
        internal const float LaplaceScale = 0;
    }

    private const int MostLabels = 99;

    private readonly string _label;
    private readonly float _threshold;
    private readonly (HashingEstimator.ColumnOptions Hashing, float Prior, CountTargetEncoding? Initial)[] _plans;

    internal CountTargetEncodingEstimator(TrainingEnvironment environment, IReadOnlyList<HashingEstimator.ColumnOptions> columns, string labelColumn,
        CountTableBuilderBase? builder, float priorCoefficient, float laplaceScale)
        : base(environment, "CountTargetEncode", [.. columns.Select(c => new InputOutputColumnPair(c.Name, c.InputColumnName))])
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(labelColumn);
        if (!(priorCoefficient > 0)) throw new ArgumentOutOfRangeException(nameof(priorCoefficient), priorCoefficient, "CountTargetEncode: expected a number above 0.");
        if (laplaceScale != 0) throw new ArgumentOutOfRangeException(nameof(laplaceScale), laplaceScale, "CountTargetEncode: noise is not supported; expected 0.");
        (_label, _threshold) = (labelColumn, builder?.GarbageThreshold ?? 0);
        _plans = [.. columns.Select(column => (column, priorCoefficient, (CountTargetEncoding?)null))];
    }

    internal CountTargetEncodingEstimator(TrainingEnvironment environment, InputOutputColumnPair[] columns, string labelColumn, CountTargetEncodingTransformer initialCounts)
        : base(environment, "CountTargetEncode", columns)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(labelColumn);
        ArgumentNullException.ThrowIfNull(initialCounts);
        _label = labelColumn;
        _plans = Array.ConvertAll(columns, pair => initialCounts.Find(pair) is { } initial ? (initial.Hashing, initial.PriorCoefficient, (CountTargetEncoding?)initial)
            : throw new ArgumentException($"CountTargetEncode: the initial counts have no column '{pair.OutputColumnName}' made of '{pair.InputColumnName}'.", nameof(columns)));
        _threshold = _plans[0].Initial!.Tables[0].Threshold;
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        SchemaShape.Column label = inputSchema.Require(_label, Name);
        bool fits = label.Kind == SchemaShape.Column.VectorKind.Scalar && (label.IsKey || label.ItemType is NumberDataViewType or BooleanDataViewType);
        return fits ? base.GetOutputSchema(inputSchema) : throw WrongType(label, "a key, a truth value, or a number that counts from 0");
    }

    protected override SchemaShape.Column OutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        if (!HashingEstimator.CanHash(input.ItemType)) throw WrongType(input, "numbers, text, truth values, keys or row identities");
        bool isOne = Array.Find(_plans, plan => plan.Hashing.Name == outputColumnName).Hashing.Combine || input.Kind == SchemaShape.Column.VectorKind.Scalar;
        if (!isOne && input.Kind == SchemaShape.Column.VectorKind.VariableVector) throw WrongType(input, "a vector of a known size. With combine, the size may differ");
        SchemaShape.Column[] names = isOne || input.HasSlotNames ? [new(AnnotationKinds.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, isKey: false)] : [];
        return new(outputColumnName, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false, new SchemaShape(names));
    }

    protected override CountTargetEncodingTransformer Fit(BatchView input)
    {
        DataViewSchema.Column label = input.Schema[_label];
        DataViewSchema.Column[] columns = [.. Columns.Select(pair => input.Schema[pair.InputColumnName])];
        ColumnKernel[] hashes = [.. columns.Select((column, i) => RawTypes.Dispatch(RawTypes.ItemTypeOf(column.Type), new HashKernel(column, _plans[i].Hashing)))];
        CountTableBuilder[][] builders = [.. columns.Select((column, i) => Enumerable.Range(0, _plans[i].Hashing.Combine || column.Type is not VectorDataViewType vector ? 1 : vector.Size)
            .Select(slot => new CountTableBuilder(_threshold, _plans[i].Initial?.Tables.ElementAtOrDefault(slot))).ToArray())];
        int[] before = [.. _plans.Select(plan => plan.Initial?.Tables[0].LabelCount ?? 2)];
        int labels = Math.Max(before.Max(), label.Type is KeyDataViewType key ? Check((long)Math.Min(key.Count, int.MaxValue) - 1) + 1 : 2);
        using (BatchCursor cursor = input.OpenBatches(ColumnSet.Of(input.Schema, columns.Append(label))))
        {
            while (cursor.Next() is { } batch)
            {
                Environment.CancellationToken.ThrowIfCancellationRequested();
                int[] labelOf = LabelsOf(label, batch[label.Index]);
                labels = Math.Max(labels, labelOf.Max() + 1);
                for (int i = 0; i < hashes.Length; i++) Count(hashes[i](batch), labelOf, builders[i]);
            }
        }
        string[] classes = KeyValues.Of(label) is { } names && names.Count == labels ? [.. Enumerable.Range(0, labels).Select(names.TextOf)]
            : [.. Enumerable.Range(0, labels).Select(i => string.Create(CultureInfo.InvariantCulture, $"Class{i:000}"))];
        return new CountTargetEncodingTransformer([.. _plans.Select((plan, i) =>
            new CountTargetEncoding(plan.Hashing, plan.Prior, Array.ConvertAll(builders[i], builder => builder.Build(labels)), classes))]);
    }

    private static void Count(BatchColumn keys, int[] labels, CountTableBuilder[] builders)
    {
        uint[] items = new uint[builders.Length];
        for (int row = 0; row < labels.Length; row++)
        {
            if (labels[row] < 0) continue;
            if (keys is ValueColumn<uint> scalars) items[0] = scalars.Values[row];
            else ((VectorColumn<uint>)keys)[row].CopyTo(items);
            for (int slot = 0; slot < items.Length; slot++) builders[slot].Add(items[slot], labels[row]);
        }
    }

    /// <summary>The labels, counted from 0; -1 for a missing one.</summary>
    private int[] LabelsOf(DataViewSchema.Column label, BatchColumn rows)
    {
        double[] values = label.Type is BooleanDataViewType ? Array.ConvertAll(((ValueColumn<bool>)rows).Values.ToArray(), value => value ? 1.0 : 0)
            : NumberTypes.Dispatch((PrimitiveDataViewType)label.Type, new NumberReader(rows));
        bool isKey = label.Type is KeyDataViewType;
        return Array.ConvertAll(values, value => double.IsNaN(value) || (isKey && value == 0) ? -1 : Check(isKey ? value - 1 : value));
    }

    private int Check(double label) => label >= 0 && label < MostLabels && label % 1 == 0 ? (int)label
        : throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture,
            $"CountTargetEncode: column '{_label}' has label {label}, expected whole numbers from 0 to {MostLabels - 1}. Conversion.MapValueToKey makes labels of any values."));

    private sealed class NumberReader(BatchColumn rows) : NumberTypes.IVisitor<double[]>
    {
        public double[] Visit<T>() where T : unmanaged, System.Numerics.INumber<T>, System.Numerics.IMinMaxValue<T> =>
            Array.ConvertAll(((ValueColumn<T>)rows).Values.ToArray(), double.CreateTruncating);
    }
}
