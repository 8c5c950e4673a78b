namespace MLPipelines.Persistence.MLNet;

/// <summary>All that is read of ML.NET's models: one table per family, and the parts that the readers of others read with them.</summary>
internal static class ComponentTables
{
    // Read as parts of others, by their readers.
    private static readonly ComponentTable<object> Parts = new(
        new("TermManager", 0x00010001, 0x00010002, "TermTransform"),
        new("AffineNormExec", 0x00010003, 0x00010003, "Normalizer"),
        new("CdfNormalizeFunction", 0x00010001, 0x00010001, "Normalizer"),
        new("BinNormalizeFunction", 0x00010001, 0x00010001, "Normalizer"),
        new("BinNormExec", 0x00010001, 0x00010001, "BinNormalizeFunction"),
        new("FieldAwareFactMacPredict", 0x00010001, 0x00010001, "FAFMPredXfer"),
        new("MFPredictor", 0x00010001, 0x00010002, "MaFactPredXf"),
        new("SSAModel", 0x00010002, 0x00010002, "SsaForecasting"),
        new("RandGaussFourierExec", 0x00010001, 0x00010001, "RffTransform"),
        new("RandLaplaceFourierExec", 0x00010001, 0x00010001, "RffTransform"),
        new("SchemaBindableWrapper", 0x00010002, 0x00010002, "GenericScoreTransform"),
        new("BinarySchemaBindable", 0x00010002, 0x00010002, "BinClassScoreTransform"),
        new("AverageCombiner", 0x00010001, 0x00010001, "PipelineEnsemble"),
        // How well a linear model fits; nothing that is needed to predict.
        new("LinearModelStats", 0x00010001, 0x00010002, "Linear2CExec"),
        new("ModelStats", 0x00010001, 0x00010003, "Linear2CExec"));

    /// <summary>Every kind that is read.</summary>
    internal static IEnumerable<IComponentKind> All =>
        [.. TransformReaders.Table.Kinds, .. ChainReaders.Table.Kinds, .. SeriesReaders.Table.Kinds, .. ModelReaders.Table.Kinds, .. CalibratorReaders.Table.Kinds, .. EnsembleReader.Table.Kinds, .. SchemaReaders.Table.Kinds, .. Parts.Kinds];

    /// <summary>Whether a component is one that is read.</summary>
    internal static bool Reads(ComponentHeader header) => All.Any(kind => kind.Reads(header));

    /// <exception cref="MLPipelinesException">The component is none that is read here, or of another version.</exception>
    internal static StepReading StepOf(Component component) =>
        TransformReaders.Table.Find(component) ?? ChainReaders.Table.Find(component) ?? SeriesReaders.Table.Find(component) ?? throw Unknown(component, "step");

    internal static IScoringModel ReadModel(Component component) =>
        (ModelReaders.Table.Find(component) ?? throw Unknown(component, "model"))(component, component.OpenPayload());

    internal static MLPipelinesException Unknown(Component component, string what)
    {
        string needs = component.Header.Loader switch
        {
            "CustomTransformer" => "code of the program that made it, which is in no model file",
            "TensorFlowTransform" => "TensorFlow",
            "OnnxTransform" => "ONNX Runtime",
            _ => $"a reader of this {what} that this version of the library does not have",
        };
        return component.Invalid($"not supported; this file needs {needs}");
    }
}
