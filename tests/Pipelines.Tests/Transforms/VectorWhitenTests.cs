using MLPipelines.Testing;
using MLPipelines.Transforms;

namespace MLPipelines.Tests.Transforms;

public sealed class VectorWhitenTests
{
    private readonly MLContext _context = new(seed: 1);

    private static readonly float[][] Rows = [[1f, 2, 0], [2, 1, 1], [0, -1, 3], [4, 2, -2], [-1, 0, 1]];

    private static void AssertRows(float[][] expected, IDataView actual, double tolerance)
    {
        float[][] rows = ViewContents.Vectors<float>(actual, "Features");
        Assert.Equal(expected.Length, rows.Length);
        for (int row = 0; row < rows.Length; row++)
        {
            Assert.Equal(expected[row].Length, rows[row].Length);
            for (int slot = 0; slot < rows[row].Length; slot++) Assert.Equal(expected[row][slot], rows[row][slot], tolerance);
        }
    }

    // /usr/bin/python3: w, V = numpy.linalg.eigh(X.T @ X / 5), largest first, each V with a negative first item;
    // X @ (V / sqrt(w + 0.01)) and X @ (V / sqrt(w + 0.01)) @ V.T
    [Fact]
    public void Both_kinds_agree_with_NumPy()
    {
        var data = new MemoryView().AddVectors("Features", Rows);
        AssertRows([[-0.66619248f, -0.43784183f], [-0.60028259f, -1.28030584f], [0.69113352f, -1.7422595f], [-1.87121428f, -0.14953353f], [0.45756136f, -0.29702594f]],
            _context.Transforms.VectorWhiten("Features", kind: WhiteningKind.PrincipalComponentAnalysis, epsilon: 0.01f, rank: 2).Fit(data).Transform(data), 2e-6);
        AssertRows([[-0.16106335f, 1.93200798f, 0.36327937f], [0.98893321f, 0.49211372f, 0.88688655f], [0.55425332f, -0.69821158f, 1.75825088f],
                [1.8020164f, 0.34559371f, -0.78343932f], [-0.63970575f, 0.58202423f, 0.5953406f]],
            _context.Transforms.VectorWhiten("Features", epsilon: 0.01f).Fit(data).Transform(data), 2e-6);
    }

    // ML.NET docs/samples/Microsoft.ML.Samples/Dynamic/Transforms/Projection/VectorWhiten.cs and VectorWhitenWithOptions.cs, which print three
    // digits; four of the ten directions have no variance, where single precision leaves an error of one in the last of them.
    [Fact]
    public void The_samples_of_ML_NET_give_their_printed_output()
    {
        float[][] rows = [.. new[] { 0, 1, 2, 3, 5, 6 }.Select(first => Enumerable.Range(0, 10).Select(i => (float)((first + i) % 10)).ToArray())];
        var data = new MemoryView().AddVectors("Features", rows);
        AssertRows([[-0.979f, 0.867f, 1.449f, 1.236f], [-1.030f, 1.012f, 0.426f, -0.902f], [-1.047f, 0.677f, -0.946f, -1.060f],
                [-1.029f, 0.019f, -1.502f, 1.108f], [-0.972f, -1.338f, -0.028f, 0.614f], [-0.938f, -1.405f, 0.752f, -0.967f]],
            _context.Transforms.VectorWhiten("Features", kind: WhiteningKind.PrincipalComponentAnalysis, rank: 4).Fit(data).Transform(data), 6e-4);
        IDataView whitened = _context.Transforms.VectorWhiten("Features").Fit(data).Transform(data);
        AssertRows([[-0.394f, -0.318f, -0.243f, -0.168f, 0.209f, 0.358f, 0.433f, 0.589f, 0.873f, 2.047f]], MemoryView.Copy(whitened, [0]), 1.6e-3);
        AssertRows([[0.863f, 0.938f, 1.016f, 1.093f, -1.326f, -0.096f, -0.019f, 0.189f, 0.330f, 0.483f]], MemoryView.Copy(whitened, [5]), 1.6e-3);
    }

    [Fact]
    public void Only_the_first_finite_rows_are_learned_from()
    {
        var estimator = _context.Transforms.VectorWhiten("Features", maximumNumberOfRows: 6);
        MemoryView data = new MemoryView(batchSize: 2).AddVectors("Features", [.. Rows, [float.NaN, 1, 1], [100, 100, 100]]), clean = new MemoryView().AddVectors("Features", Rows);
        AssertRows(ViewContents.Vectors<float>(estimator.Fit(clean).Transform(clean), "Features"), estimator.Fit(data).Transform(clean), 0);
    }

    [Fact]
    public void More_directions_than_slots_are_refused()
    {
        var data = new MemoryView().AddVectors("Features", Rows);
        var error = Assert.Throws<MLPipelinesException>(() => _context.Transforms.VectorWhiten("Features", kind: WhiteningKind.PrincipalComponentAnalysis, rank: 4).Fit(data));
        Assert.Contains("rank 4 is more than the 3 slots of column 'Features'", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.VectorWhiten("Features", epsilon: 0));
    }

    public abstract class ContractOf(Func<TransformsCatalog, IEstimator<ITransformer>> create) : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Features"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => create(context.Transforms);

        protected override IDataView CreateData(MLContext context) => new MemoryView().AddVectors("Features", Rows, ["a", "b", "c"]);

        protected override IDataView CreateDataOfWrongType(MLContext context) => new MemoryView().Add("Features", 1f, 2, 3);
    }

    public sealed class ZeroPhaseContract() : ContractOf(catalog => catalog.VectorWhiten("Features"));

    public sealed class PrincipalContract() : ContractOf(catalog => catalog.VectorWhiten("Whitened", "Features", WhiteningKind.PrincipalComponentAnalysis, rank: 2));

    public sealed class SparseContract() : ContractOf(catalog => catalog.VectorWhiten("Whitened", "Features"))
    {
        protected override IDataView CreateData(MLContext context) => new MemoryView().AddSparse("Features", Rows);
    }
}
