using MLPipelines.Testing;
using MLPipelines.Transforms;

namespace MLPipelines.Tests.Transforms;

public abstract class LpNormContract : EstimatorContract
{
    protected override string[] RequiredColumns => ["Features"];

    protected override IDataView CreateData(MLContext context) =>
        new MemoryView().AddVectors("Features", new float[][] { [1, -2, 0], [0, 0, 0], [3e20f, 1, 0], [1e-30f, 0, 0] }, ["a", "b", "c"]);

    protected override IDataView? CreateDataOfWrongType(MLContext context) => new MemoryView().AddText("Features", "a", "b", "c");
}

public sealed class NormalizeLpNormContractTests : LpNormContract
{
    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.NormalizeLpNorm("Features");
}

public sealed class NormalizeLpNormAroundMeanContractTests : LpNormContract
{
    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) =>
        context.Transforms.NormalizeLpNorm("Scaled", "Features", LpNormNormalizingEstimatorBase.NormFunction.StandardDeviation, ensureZeroMean: true);
}

public sealed class NormalizeLpNormOfSparseRowsContractTests : LpNormContract
{
    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) =>
        context.Transforms.NormalizeLpNorm("Scaled", "Features", LpNormNormalizingEstimatorBase.NormFunction.L1);

    protected override IDataView CreateData(MLContext context) =>
        new MemoryView().AddSparse("Features", new float[][] { [1, 0, -2, 0], [0, 0, 0, 0], [0, 5, 0, 0] });
}

public sealed class NormalizeGlobalContrastContractTests : LpNormContract
{
    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) =>
        context.Transforms.NormalizeGlobalContrast("Scaled", "Features", ensureUnitStandardDeviation: true, scale: 2);
}
