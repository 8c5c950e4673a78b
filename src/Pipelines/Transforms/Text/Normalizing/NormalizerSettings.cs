namespace MLPipelines.Transforms.Text;

/// <summary>What <see cref="TextNormalizingEstimator"/> does to text.</summary>
internal readonly record struct NormalizerSettings(TextNormalizingEstimator.CaseMode CaseMode, bool KeepDiacritics, bool KeepPunctuations, bool KeepNumbers)
{
    /// <summary>Text stays as it is.</summary>
    internal static NormalizerSettings Nothing { get; } = new(TextNormalizingEstimator.CaseMode.None, KeepDiacritics: true, KeepPunctuations: true, KeepNumbers: true);

    internal void Save(ModelStepWriter writer)
    {
        writer.Set("case", CaseMode.ToString());
        writer.Set("keepDiacritics", KeepDiacritics);
        writer.Set("keepPunctuations", KeepPunctuations);
        writer.Set("keepNumbers", KeepNumbers);
    }

    internal static NormalizerSettings Load(ModelStepReader reader) => new(reader.GetEnum<TextNormalizingEstimator.CaseMode>("case"),
        reader.GetBoolean("keepDiacritics"), reader.GetBoolean("keepPunctuations"), reader.GetBoolean("keepNumbers"));
}
