using System.Numerics.Tensors;
using MLPipelines.Testing;
using MLPipelines.Transforms;

namespace MLPipelines.Tests.Transforms;

public sealed class ApproximatedKernelMapTests
{
    private readonly MLContext _context = new(seed: 1);

    private static readonly float[][] Rows = [[1f, 0, 2], [0, 1, 1], [3, -1, 0]];

    [Fact]
    public void A_seed_gives_the_features_that_the_sample_of_ML_NET_prints()
    {
        // ML.NET docs/samples/Microsoft.ML.Samples/Dynamic/Transforms/ApproximatedKernelMap.cs
        var data = new MemoryView().AddVectors("Features", [[1f, 1, 0, 0, 1, 0, 1], [0, 0, 1, 0, 0, 1, 1], [-1, 1, 0, -1, -1, 0, -1], [0, -1, 0, 1, 0, -1, -1]]);
        float[][] expected = [[-0.0119f, 0.5867f, 0.4942f, 0.7041f], [0.4720f, 0.5639f, 0.4346f, 0.2671f], [-0.2243f, 0.7071f, 0.7053f, -0.1681f], [0.0846f, 0.5836f, 0.6575f, 0.0581f]];
        var estimator = _context.Transforms.ApproximatedKernelMap("Features", rank: 4, generator: new GaussianKernel(gamma: 0.7f), seed: 1);
        float[][] actual = ViewContents.Vectors<float>(estimator.Fit(data).Transform(data), "Features");
        for (int row = 0; row < 4; row++)
            for (int slot = 0; slot < 4; slot++) Assert.Equal(expected[row][slot], actual[row][slot], 6e-5);
    }

    // python3: the kernels of the three pairs of rows: exp(-0.7 * d2 / median(d2)), exp(-0.5 * d1 / median(d1)) with the squared
    // Euclidean and the L1 distances.
    [Theory]
    [InlineData(true, false, new[] { 0.7918895663367817, 0.4965853037914095, 0.33659027520656365 })]
    [InlineData(true, true, new[] { 0.7918895663367817, 0.4965853037914095, 0.33659027520656365 })]
    [InlineData(false, false, new[] { 0.7408182206817179, 0.6065306597126334, 0.5488116360940265 })]
    public void Inner_products_are_near_the_kernel(bool isGaussian, bool useCosAndSinBases, double[] expected)
    {
        var data = new MemoryView().AddVectors("Features", Rows);
        KernelBase kernel = isGaussian ? new GaussianKernel(0.7f) : new LaplacianKernel(0.5f);
        float[][] features = ViewContents.Vectors<float>(_context.Transforms.ApproximatedKernelMap("Mapped", "Features", 40000, useCosAndSinBases, kernel).Fit(data).Transform(data), "Mapped");
        Assert.Equal(useCosAndSinBases ? 80000 : 40000, features[0].Length);
        // Three times the deviation of the mean of 40000 products, each of which has a variance of 1 at most.
        Assert.Equal(expected[0], TensorPrimitives.Dot<float>(features[0], features[1]), 0.015);
        Assert.Equal(expected[1], TensorPrimitives.Dot<float>(features[0], features[2]), 0.015);
        Assert.Equal(expected[2], TensorPrimitives.Dot<float>(features[1], features[2]), 0.015);
    }

    [Fact]
    public void Rows_beyond_the_sample_do_not_change_the_scale_of_the_distances()
    {
        // 6000 copies of two rows: half of the random pairs are equal, so that the median is the distance of the two or 0, which counts as 1.
        float[][] many = [.. Enumerable.Range(0, 6000).Select(i => new float[] { i % 2, 0 })];
        var data = new MemoryView().AddVectors("Features", many);
        float[][] features = ViewContents.Vectors<float>(_context.Transforms.ApproximatedKernelMap("Features", rank: 40000).Fit(data).Transform(new MemoryView().AddVectors("Features", many[..2])), "Features");
        Assert.Equal(Math.Exp(-1), TensorPrimitives.Dot<float>(features[0], features[1]), 0.015);
    }

    [Fact]
    public void Sparse_rows_give_what_dense_ones_give()
    {
        MemoryView dense = new MemoryView().AddVectors("Features", Rows), sparse = new MemoryView().AddSparse("Features", Rows);
        var transformer = _context.Transforms.ApproximatedKernelMap("Features", rank: 5).Fit(dense);
        float[][] expected = ViewContents.Vectors<float>(transformer.Transform(dense), "Features"), actual = ViewContents.Vectors<float>(transformer.Transform(sparse), "Features");
        for (int row = 0; row < Rows.Length; row++)
            for (int slot = 0; slot < 5; slot++) Assert.Equal(expected[row][slot], actual[row][slot], 1e-6);
    }

    [Fact]
    public void Numbers_that_make_no_kernel_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianKernel(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LaplacianKernel(float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.ApproximatedKernelMap("Features", rank: 0));
    }

    public abstract class ContractOf(Func<TransformsCatalog, IEstimator<ITransformer>> create) : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Features"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => create(context.Transforms);

        protected override IDataView CreateData(MLContext context) => new MemoryView().AddVectors("Features", Rows, ["a", "b", "c"]);

        protected override IDataView CreateDataOfWrongType(MLContext context) => new MemoryView().AddVectors("Features", [[1.0, 2, 3], [4, 5, 6]]);
    }

    public sealed class GaussianContract() : ContractOf(catalog => catalog.ApproximatedKernelMap("Features", rank: 6));

    public sealed class LaplacianContract() : ContractOf(catalog => catalog.ApproximatedKernelMap("Mapped", "Features", 3, useCosAndSinBases: true, new LaplacianKernel()));
}
