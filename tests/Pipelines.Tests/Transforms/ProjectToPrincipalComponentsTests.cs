using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Transforms;

public sealed class ProjectToPrincipalComponentsTests
{
    private readonly MLContext _context = new(seed: 1);

    private static readonly float[][] Rows = [[1f, 2, 0], [2, 1, 1], [0, -1, 3], [4, 2, -2], [-1, 0, 1]];

    // /usr/bin/python3: C = X - X.mean(0); V = numpy.linalg.svd(C)[2][:3], each with its largest item positive; (C @ V.T)[:3], on the 64 counts of optdigits-train.csv
    [DatasetFact("tabular/optdigits/optdigits-train.csv")]
    public void Projections_of_written_digits_are_those_of_NumPy()
    {
        IDataView data = _context.Data.LoadFromTextFile(Datasets.PathOf("tabular/optdigits/optdigits-train.csv"), [new TextLoader.Column("Features", DataKind.Single, 0, 63)], separatorChar: ',');
        float[][] projected = ViewContents.Vectors<float>(_context.Transforms.ProjectToPrincipalComponents("Projected", "Features", rank: 3, overSampling: 10).Fit(data).Transform(data), "Projected");
        double[][] expected = [[12.445803522, -4.713013336, -16.604901247], [16.520245837, -13.074670111, -19.90783184], [-18.846714326, 10.714450166, 5.802358377]];
        for (int row = 0; row < 3; row++)
            for (int slot = 0; slot < 3; slot++) Assert.Equal(expected[row][slot], projected[row][slot], 2e-3);
    }

    [Fact]
    public void All_directions_keep_distances_from_the_mean()
    {
        var data = new MemoryView().AddVectors("Features", Rows);
        float[][] projected = ViewContents.Vectors<float>(_context.Transforms.ProjectToPrincipalComponents("Features", rank: 3).Fit(data).Transform(data), "Features");
        float[] mean = [.. Enumerable.Range(0, 3).Select(j => Rows.Average(row => row[j]))];
        for (int i = 0; i < Rows.Length; i++)
            Assert.Equal(Enumerable.Range(0, 3).Sum(j => Math.Pow(Rows[i][j] - mean[j], 2)), projected[i].Sum(item => (double)item * item), 1e-4);
        for (int j = 0; j < 3; j++) Assert.Equal(0, projected.Average(row => row[j]), 1e-5);
    }

    [Fact]
    public void Rows_that_are_not_finite_or_have_no_weight_are_not_learned_from()
    {
        var clean = new MemoryView().AddVectors("Features", Rows);
        var data = new MemoryView(batchSize: 2).AddVectors("Features", [.. Rows, [float.NaN, 1, 1], [100, 100, 100], [50, 0, 0]]).Add("Weight", 1f, 1, 1, 1, 1, 1, 0, float.NaN);
        float[][] expected = ViewContents.Vectors<float>(_context.Transforms.ProjectToPrincipalComponents("Features", rank: 2).Fit(clean).Transform(clean), "Features");
        float[][] actual = ViewContents.Vectors<float>(_context.Transforms.ProjectToPrincipalComponents("Features", exampleWeightColumnName: "Weight", rank: 2).Fit(data).Transform(clean), "Features");
        for (int i = 0; i < expected.Length; i++)
            for (int j = 0; j < 2; j++) Assert.Equal(expected[i][j], actual[i][j], 1e-5);
    }

    [Fact]
    public void More_directions_than_slots_are_refused()
    {
        var error = Assert.Throws<MLPipelinesException>(() => _context.Transforms.ProjectToPrincipalComponents("Features").Fit(new MemoryView().AddVectors("Features", Rows)));
        Assert.Contains("rank 20 is more than the 3 slots of column 'Features'", error.Message, StringComparison.Ordinal);
    }

    public abstract class ContractOf(Func<TransformsCatalog, IEstimator<ITransformer>> create) : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Features", "Weight"];

        protected override bool IsTrainer => true;

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => create(context.Transforms);

        protected override IDataView CreateData(MLContext context) => new MemoryView().AddVectors("Features", Rows, ["a", "b", "c"]).Add("Weight", 1f, 2, 1, 1, 0.5f);

        protected override IDataView CreateDataOfWrongType(MLContext context) => new MemoryView().Add("Features", 1f, 2, 3).Add("Weight", 1f, 2, 1);

        protected override EdgeOutcome OutcomeOf(EdgeCase edge) => edge == EdgeCase.NoRows ? EdgeOutcome.Throws : EdgeOutcome.Works;
    }

    public sealed class CenteredContract() : ContractOf(catalog => catalog.ProjectToPrincipalComponents("Projected", "Features", "Weight", rank: 2, overSampling: 0));

    public sealed class ExactContract() : ContractOf(catalog => catalog.ProjectToPrincipalComponents("Features", exampleWeightColumnName: "Weight", rank: 2, ensureZeroMean: false, seed: 5));

    public sealed class SparseContract() : ContractOf(catalog => catalog.ProjectToPrincipalComponents("Projected", "Features", "Weight", rank: 1, overSampling: 1))
    {
        protected override IDataView CreateData(MLContext context) => new MemoryView().AddSparse("Features", Rows).Add("Weight", 1f, 2, 1, 1, 0.5f);
    }
}
