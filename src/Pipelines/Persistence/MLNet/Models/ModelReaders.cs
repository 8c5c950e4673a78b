namespace MLPipelines.Persistence.MLNet;

/// <summary>Reads what a trainer learned.</summary>
internal delegate IScoringModel ModelReading(Component component, Payload payload);

/// <summary>The models that are read.</summary>
internal static class ModelReaders
{
    internal static readonly ComponentTable<ModelReading> Table = new(
        // Linear
        new("Linear2CExec", 0x00020001, 0x00020002, LinearReaders.Binary),
        new("LinearRegressionExec", 0x00020001, 0x00020001, LinearReaders.Regression),
        new("PoissonRegressionExec", 0x00020001, 0x00020001, LinearReaders.Poisson),
        new("MultiClassLRExec", 0x00010001, 0x00010003, LinearReaders.MaximumEntropy),
        new("MulticlassLinear", 0x00010001, 0x00010001, LinearReaders.Multiclass),

        // Trees
        new("FastTreeBinaryExec", 0x00010002, 0x00010005, TreeReaders.FastTreeBinary),
        new("FastTreeRegressionExec", 0x00010002, 0x00010005, TreeReaders.FastTreeRegression),
        new("FastTreeRankerExec", 0x00010002, 0x00010005, TreeReaders.FastTreeRanking),
        new("FastTreeTweedieExec", 0x00010001, 0x00010003, TreeReaders.FastTreeTweedie),
        new("FastForestBinaryExec", 0x00010003, 0x00010006, TreeReaders.FastForestBinary),
        new("LightGBMBinaryExec", 0x00010002, 0x00010005, TreeReaders.LightGbmBinary),
        new("LightGBMRegressionExec", 0x00010002, 0x00010005, TreeReaders.LightGbmRegression),
        new("LightGBMRankerExec", 0x00010002, 0x00010005, TreeReaders.LightGbmRanking),
        new("BinaryClassGamPredictor", 0x00010002, 0x00010002, GamReader.Binary),
        new("RegressionGamPredictor", 0x00010002, 0x00010002, GamReader.Regression),

        // Others
        new("KMeansPredictor", 0x00010001, 0x00010002, OtherModelReaders.KMeans),
        new("pcaAnomExec", 0x00010001, 0x00010001, OtherModelReaders.PrincipalComponents),
        new("MultiClassNaiveBayesPred", 0x00010001, 0x00010002, OtherModelReaders.NaiveBayes),

        // Models of models
        new("OVAExec", 0x00010001, 0x00010001, NestedModelReaders.OneVersusAll),
        new("CaliPredExec", 0x00010001, 0x00010001, NestedModelReaders.Calibrated),
        new("FeatWCaliPredExec", 0x00010001, 0x00010001, NestedModelReaders.Calibrated),
        new("PMixCaliPredExec", 0x00010001, 0x00010001, NestedModelReaders.Calibrated),
        new("SchemaBindableCalibrated", 0x00010001, 0x00010001, NestedModelReaders.Calibrated));
}
