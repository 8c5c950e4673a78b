using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>
/// Keeps the slots that tell most about the label: those with the largest mutual information,
/// I(x; y) = Σ p(x, y) · log2(p(x, y) / (p(x) · p(y))) bits, of all columns together. Slots that tell nothing are never kept; where no slot
/// of a column is left, one stays that is always zero. Columns are <see cref="float"/>, <see cref="double"/>, <see cref="int"/> or
/// <see cref="bool"/>; the label may be a key, too. The values of the columns are held in memory while learning.
/// </summary>
public sealed class MutualInformationFeatureSelectingEstimator : OneToOneEstimator<ITransformer>
{
    internal static class Defaults
    {
        internal const string LabelColumnName = "Label";
        internal const int SlotsInOutput = 1000;
        internal const int NumberOfBins = 256;
    }

    private readonly string _label;
    private readonly int _slotsInOutput;
    private readonly int _numberOfBins;

    internal MutualInformationFeatureSelectingEstimator(TrainingEnvironment environment, IReadOnlyList<InputOutputColumnPair> columns,
        string labelColumnName, int slotsInOutput, int numberOfBins) : base(environment, "SelectFeaturesBasedOnMutualInformation", columns)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(labelColumnName);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(slotsInOutput);
        ArgumentOutOfRangeException.ThrowIfLessThan(numberOfBins, 2);
        (_label, _slotsInOutput, _numberOfBins) = (labelColumnName, slotsInOutput, numberOfBins);
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        SchemaShape.Column label = inputSchema.Require(_label, Name);
        if (label.Kind != SchemaShape.Column.VectorKind.Scalar || !(label.IsKey || IsUsable(label.ItemType)))
            throw WrongType(label, "a key, Single, Double, Int32 or Boolean");
        return base.GetOutputSchema(inputSchema);
    }

    protected override ITransformer Fit(BatchView input)
    {
        DataViewSchema.Column[] columns = [.. Columns.Select(pair => input.Schema[pair.InputColumnName])];
        BatchColumn[] data = input.ReadColumns([input.Schema[_label].Index, .. columns.Select(c => c.Index)]);
        var bins = new ValueBins(_numberOfBins);
        int[] labels = new int[data[0].RowCount];
        int classes = SlotColumns.Read(input.Schema[_label].Type, data[0]).Bin(0, bins, labels);
        var information = new MutualInformation(labels, classes);
        double[][] scores = new double[columns.Length][];
        for (int i = 0; i < columns.Length; i++)
        {
            SlotColumns values = SlotColumns.Read(columns[i].Type, data[i + 1]);
            int[] features = new int[labels.Length];
            scores[i] = new double[values.SlotCount];
            for (int slot = 0; slot < values.SlotCount; slot++)
            {
                Environment.CancellationToken.ThrowIfCancellationRequested();
                scores[i][slot] = information.With(features, values.Bin(slot, bins, features));
            }
        }
        var best = scores.SelectMany((slots, column) => slots.Select((score, slot) => (Score: (float)score, Column: column, Slot: slot)))
            .Where(s => s.Score > 0).OrderByDescending(s => s.Score).Take(_slotsInOutput).ToLookup(s => s.Column, s => s.Slot);
        return new SlotsDroppingTransformer([.. Columns.Select((pair, i) => new SlotSelection(pair, scores[i].Length, [.. best[i].Order()]))]);
    }

    protected override SchemaShape.Column OutputColumn(SchemaShape.Column input, string outputColumnName) =>
        !input.IsKey && IsUsable(input.ItemType) && input.Kind != SchemaShape.Column.VectorKind.VariableVector
            ? SlotSelection.OutputColumn(input, outputColumnName) : throw WrongType(input, "Single, Double, Int32 or Boolean, or a vector of these of a known size");

    private static bool IsUsable(DataViewType type) => type is BooleanDataViewType || type.Equals(NumberDataViewType.Single)
        || type.Equals(NumberDataViewType.Double) || type.Equals(NumberDataViewType.Int32);
}
