using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Trainers;

namespace MLPipelines.Tests.Trainers.FactorizationMachine;

public class FieldAwareFactorizationMachineTests
{
    public sealed class Contract : EstimatorContract
    {
        protected override string[] RequiredColumns => ["User", "Item", "Label"];

        protected override bool IsTrainer => true;

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.BinaryClassification.Trainers.FieldAwareFactorizationMachine(["User", "Item"]);

        protected override IDataView CreateData(MLContext context) => Pairs();

        protected override IDataView? CreateDataOfWrongType(MLContext context) => new MemoryView().AddText("User", "a", "b").AddText("Item", "a", "b").AddText("Label", "a", "b");

        protected override EdgeOutcome OutcomeOf(EdgeCase edge) => edge is EdgeCase.OneRow or EdgeCase.ConstantColumns ? EdgeOutcome.Works : EdgeOutcome.Throws;
    }

    /// <summary>True where user and item are of one kind, which no feature tells by itself.</summary>
    private static MemoryView Pairs() => new MemoryView()
        .AddVectors("User", [[1f, 0], [1f, 0], [0f, 1], [0f, 1], [1f, 0], [0f, 1]])
        .AddVectors("Item", [[1f, 0], [0f, 1], [1f, 0], [0f, 1], [1f, 0], [0f, 1]])
        .Add("Label", true, false, false, true, true, true);

    [Fact]
    public void What_goes_together_is_learned()
    {
        var model = new MLContext(seed: 1).BinaryClassification.Trainers.FieldAwareFactorizationMachine(new FieldAwareFactorizationMachineTrainer.Options
        {
            FeatureColumnName = "User", ExtraFeatureColumns = ["Item"], LatentDimension = 4, NumberOfIterations = 300, LearningRate = 0.3f,
        }).Fit(Pairs());
        Assert.Equal([true, false, false, true, true, true], ViewContents.Values<bool>(model.Transform(Pairs()), "PredictedLabel"));
    }

    [Fact]
    public void The_score_is_that_of_all_pairs()
    {
        var model = new MLContext(seed: 1).BinaryClassification.Trainers.FieldAwareFactorizationMachine(new FieldAwareFactorizationMachineTrainer.Options
        {
            FeatureColumnName = "User", ExtraFeatureColumns = ["Item"], LatentDimension = 3, NormalizeFeatures = false,
        }).Fit(Pairs()).Model;
        float[][] values = [[0.5f, -2], [3, 1]];
        FieldExample example = model.CreateExample();
        foreach (float[] field in values) example.Add(RowVector<float>.Dense(field));
        // By hand: features 0 and 1 are of field 0, 2 and 3 of field 1.
        float[] x = [.. values[0], .. values[1]];
        double expected = 0;
        for (int i = 0; i < 4; i++)
        {
            expected += model.GetLinearWeights()[i] * x[i];
            for (int j = i + 1; j < 4; j++)
            {
                for (int d = 0; d < 3; d++) expected += model.GetLatentWeights()[(i * 2 + j / 2) * 3 + d] * model.GetLatentWeights()[(j * 2 + i / 2) * 3 + d] * x[i] * x[j];
            }
        }
        Assert.Equal(expected, model.Score(example), 1e-4);
    }

    [Fact]
    public void Learning_goes_on_from_a_model_of_the_same_fields_only()
    {
        FieldAwareFactorizationMachineTrainer Trainer(int passes, int dimension = 4) => new MLContext(seed: 1).BinaryClassification.Trainers.FieldAwareFactorizationMachine(new FieldAwareFactorizationMachineTrainer.Options
        {
            FeatureColumnName = "User", ExtraFeatureColumns = ["Item"], LatentDimension = dimension, NumberOfIterations = passes, LearningRate = 0.3f,
        });
        FieldAwareFactorizationMachineModelParameters learned = Trainer(300).Fit(Pairs()).Model;
        // One pass from random numbers does not get there, one from what was learned stays there.
        Assert.Equal([true, false, false, true, true, true], ViewContents.Values<bool>(Trainer(1).Fit(Pairs(), Pairs(), learned).Transform(Pairs()), "PredictedLabel"));
        Assert.NotEqual([true, false, false, true, true, true], ViewContents.Values<bool>(Trainer(1).Fit(Pairs()).Transform(Pairs()), "PredictedLabel"));
        Assert.Contains("latent numbers", Assert.Throws<ArgumentException>(() => Trainer(1, dimension: 3).Fit(Pairs(), null, learned)).Message, StringComparison.Ordinal);
    }
}
