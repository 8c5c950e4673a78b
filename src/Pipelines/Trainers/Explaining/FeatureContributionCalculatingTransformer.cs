using MLPipelines.Data;
using MLPipelines.Trainers;

namespace MLPipelines.Transforms;

/// <summary>Adds the column <c>FeatureContributions</c>; see <see cref="FeatureContributionCalculatingEstimator"/>.</summary>
public sealed class FeatureContributionCalculatingTransformer : RowToRowTransformer
{
    internal const string StepName = "feature-contribution";
    internal const string ColumnName = "FeatureContributions";

    private readonly ICalculateFeatureContribution _model;
    private readonly FeatureContributionCalculator _calculator;
    private readonly string _featureColumn;
    private readonly int _positive;
    private readonly int _negative;
    private readonly bool _normalize;

    internal FeatureContributionCalculatingTransformer(ICalculateFeatureContribution model, string featureColumn, int positive, int negative, bool normalize)
    {
        (_model, _calculator, _featureColumn) = (model, model.FeatureContributionCalculator, featureColumn);
        (_positive, _negative, _normalize) = (positive, negative, normalize);
    }

    public override string TypeId => StepName;

    private int ScoreCount => _calculator.BaseScores.Count;

    protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input)
    {
        DataViewSchema.Column features = Require(input, _featureColumn, new VectorDataViewType(NumberDataViewType.Single, _calculator.FeatureCount));
        int[] dimensions = ScoreCount == 1 ? [_calculator.FeatureCount] : [ScoreCount, _calculator.FeatureCount];
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(features.Annotations, kind => ScoreCount == 1 && kind == AnnotationKinds.SlotNames);
        return [new OutputColumn(ColumnName, new VectorDataViewType(NumberDataViewType.Single, dimensions), annotations.ToAnnotations(), [features.Index], () => CreateKernel(features.Index))];
    }

    private ColumnKernel CreateKernel(int source)
    {
        ContributionKernel compute = _calculator.CreateKernel();
        var selection = new ContributionSelection(_positive, _negative, _normalize);
        int size = _calculator.FeatureCount, length = ScoreCount * size;
        var result = new VectorColumn<float>(length);
        return batch =>
        {
            var rows = (VectorColumn<float>)batch[source];
            Span<float> contributions = result.Resize(rows.RowCount);
            for (int row = 0; row < rows.RowCount; row++) compute(rows[row], contributions.Slice(row * length, length));
            for (int start = 0; start < contributions.Length; start += size) selection.Apply(contributions.Slice(start, size));
            return result;
        };
    }

    public override void Save(ModelStepWriter writer)
    {
        writer.Set("features", _featureColumn);
        writer.Set("positive", _positive);
        writer.Set("negative", _negative);
        writer.Set("normalize", _normalize);
        ModelStepWriter model = writer.Section("model");
        model.Set("model-type", _model.TypeId);
        _model.Save(model.Section("model"));
    }

    internal static FeatureContributionCalculatingTransformer Load(ModelStepReader reader)
    {
        int positive = reader.GetInt32("positive"), negative = reader.GetInt32("negative");
        if (positive < 0 || negative < 0) throw reader.Invalid($"it keeps {positive} positive and {negative} negative contributions");
        return reader.ReadModel("model") is ICalculateFeatureContribution model
            ? new(model, reader.GetString("features"), positive, negative, reader.GetBoolean("normalize"))
            : throw reader.Invalid("its model is of a kind whose scores are no sums of contributions");
    }
}
