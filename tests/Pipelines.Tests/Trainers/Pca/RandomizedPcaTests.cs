using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Trainers;

namespace MLPipelines.Tests.Trainers.Pca;

public sealed class RandomizedPcaTests
{
    private readonly MLContext _context = new(seed: 0);

    private static readonly float[][] Rows = [[0f, 2, 1], [0, 2, 1], [0, 2, 1], [0, 1, 2], [0, 2, 1], [2, 0, 0]];

    // ML.NET docs/samples/Microsoft.ML.Samples/Dynamic/Trainers/AnomalyDetection/RandomizedPcaSample.cs prints 0.1101028, 0.5082728 and 1. In full precision,
    // /usr/bin/python3: v = numpy.linalg.svd(X)[2][0]; n = (X ** 2).sum(1); sqrt((n - (X @ v) ** 2) / n)
    [Fact]
    public void The_sample_of_ML_NET_gives_its_printed_output()
    {
        var data = new MemoryView().AddVectors("Features", Rows);
        IDataView output = _context.AnomalyDetection.Trainers.RandomizedPca(rank: 1, ensureZeroMean: false).Fit(data).Transform(data);
        float[] scores = ViewContents.Values<float>(output, "Score"), expected = [0.11009993f, 0.11009993f, 0.11009993f, 0.50827237f, 0.11009993f, 1];
        for (int i = 0; i < scores.Length; i++) Assert.Equal(expected[i], scores[i], 1e-6);
        Assert.Equal([false, false, false, true, false, true], ViewContents.Values<bool>(output, "PredictedLabel"));
    }

    [Fact]
    public void The_mean_itself_is_no_anomaly()
    {
        var data = new MemoryView().AddVectors("Features", [[1f, 2], [3, 4], [5, 7], [3, 13 / 3f]]);
        var model = _context.AnomalyDetection.Trainers.RandomizedPca(rank: 1).Fit(data);
        VBuffer<float> mean = default;
        model.Model.GetMean(ref mean);
        var alone = new MemoryView().AddVectors("Features", [mean.ToDenseArray()]);
        Assert.Equal([0f], ViewContents.Values<float>(model.Transform(alone), "Score"));
    }

    [Fact]
    public void Sparse_rows_and_weights_give_what_dense_and_repeated_rows_give()
    {
        var dense = new MemoryView().AddVectors("Features", [.. Rows, Rows[3], Rows[3]]);
        var sparse = new MemoryView().AddSparse("Features", Rows).Add("Weight", 1f, 1, 1, 3, 1, 1);
        var expected = _context.AnomalyDetection.Trainers.RandomizedPca(rank: 2).Fit(dense);
        var actual = _context.AnomalyDetection.Trainers.RandomizedPca(exampleWeightColumnName: "Weight", rank: 2).Fit(sparse);
        VBuffer<float>[] expectedVectors = null!, actualVectors = null!;
        expected.Model.GetEigenVectors(ref expectedVectors, out _);
        actual.Model.GetEigenVectors(ref actualVectors, out int rank);
        Assert.Equal(2, rank);
        for (int i = 0; i < rank; i++)
            for (int j = 0; j < 3; j++) Assert.Equal(expectedVectors[i].GetItemOrDefault(j), actualVectors[i].GetItemOrDefault(j), 1e-6);
        float[] a = ViewContents.Values<float>(expected.Transform(new MemoryView().AddVectors("Features", Rows)), "Score"), b = ViewContents.Values<float>(actual.Transform(sparse), "Score");
        for (int i = 0; i < a.Length; i++) Assert.Equal(a[i], b[i], 2e-4);
    }

    [Fact]
    public void Another_threshold_changes_the_decision_alone()
    {
        var data = new MemoryView().AddVectors("Features", Rows);
        var model = _context.AnomalyDetection.Trainers.RandomizedPca(rank: 1, ensureZeroMean: false).Fit(data);
        var strict = _context.AnomalyDetection.ChangeModelThreshold(model, 0.6f);
        Assert.Same(model, _context.AnomalyDetection.ChangeModelThreshold(model, 0.5f));
        Assert.Equal([false, false, false, false, false, true], ViewContents.Values<bool>(strict.Transform(data), "PredictedLabel"));
        Assert.Equal(ViewContents.Values<float>(model.Transform(data), "Score"), ViewContents.Values<float>(strict.Transform(data), "Score"));
    }

    [Fact]
    public void More_directions_than_features_are_refused()
    {
        var data = new MemoryView().AddVectors("Features", Rows);
        var error = Assert.Throws<MLPipelinesException>(() => _context.AnomalyDetection.Trainers.RandomizedPca().Fit(data));
        Assert.Contains("rank 20 is more than the 3 features of column 'Features'", error.Message, StringComparison.Ordinal);
    }

    // /usr/bin/python3, C = X - X.mean(0) of the 64 counts of optdigits-train.csv: numpy.linalg.svd(C, compute_uv=False) ** 2 / len(C), and the scores of the first
    // rows with the first 8 of V.
    [DatasetFact("tabular/optdigits/optdigits-train.csv")]
    public void Directions_of_written_digits_are_those_of_NumPy()
    {
        double[] expected = [179.36663129, 161.660326919, 140.672216172, 101.288181947, 68.065826323, 61.304660455, 56.100225195, 44.816542533];
        IDataView data = _context.Data.LoadFromTextFile(Datasets.PathOf("tabular/optdigits/optdigits-train.csv"), [new TextLoader.Column("Features", DataKind.Single, 0, 63)], separatorChar: ',');
        TrainingSet set = new TrainingSetReader("test", "Features", "", null).Read(data);
        var found = PrincipalComponents.Of(set.Features, null, 8, 20, center: true, seed: 3, (_, _) => { }, CancellationToken.None);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(1, found.Variances[i] / expected[i], 1e-6);
        var model = _context.AnomalyDetection.Trainers.RandomizedPca(rank: 8).Fit(data);
        float[] scores = ViewContents.Values<float>(model.Transform(data), "Score");
        Assert.Equal(0.439003808, scores[0], 1e-4);
        Assert.Equal(0.50018562, scores[1], 1e-4);
        Assert.Equal(0.469632116, scores[2], 1e-4);
    }

    public abstract class ContractOf(Func<AnomalyDetectionCatalog, IEstimator<ITransformer>> create) : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Features"];

        protected override bool IsTrainer => true;

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => create(context.AnomalyDetection);

        protected override IDataView CreateData(MLContext context) => new MemoryView().AddVectors("Features", Rows);

        protected override IDataView CreateDataOfWrongType(MLContext context) => new MemoryView().Add("Features", 1f, 2, 3);

        protected override EdgeOutcome OutcomeOf(EdgeCase edge) => edge is EdgeCase.OneRow or EdgeCase.ConstantColumns ? EdgeOutcome.Works : EdgeOutcome.Throws;
    }

    public sealed class CenteredContract() : ContractOf(catalog => catalog.Trainers.RandomizedPca(rank: 2, oversampling: 0));

    public sealed class ExactContract() : ContractOf(catalog => catalog.Trainers.RandomizedPca(new RandomizedPcaTrainer.Options { Rank = 1, EnsureZeroMean = false, Seed = 3 }));
}
