namespace MLPipelines.Persistence.MLNet;

/// <summary>The transforms that are read.</summary>
internal static class TransformReaders
{
    internal static readonly ComponentTable<StepReading> Table = new(
        // Columns
        new("ConcatTransform", 0x00010001, 0x00010003, ColumnReaders.Concatenate),
        new("CopyTransform", 0x00010001, 0x00010001, ColumnReaders.Copy),
        new("CopyColumnsRowMapper", 0x00010001, 0x00010001, ColumnReaders.Copy),
        new("SelectColumnsTransform", 0x00010001, 0x00010001, ColumnReaders.Select),
        new("DropColumnsTransform", 0x00010001, 0x00010002, ColumnReaders.Drop),
        new("ChooseColumnsTransform", 0x00010001, 0x00010001, ColumnReaders.Choose),
        new("OptColTransform", 0x00010002, 0x00010002, ColumnReaders.Optional),

        // Keys and values
        new("TermTransform", 0x00010001, 0x00010003, KeyReaders.ValueToKey),
        new("KeyToValueTransform", 0x00010001, 0x00010001, KeyReaders.KeyToValue),
        new("KeyToVectorTransform", 0x00010001, 0x00010002, KeyReaders.KeyToVector),
        new("HashTransform", 0x00010002, 0x00010004, HashReader.Read),
        new("ConvertTransform", 0x00010001, 0x00010004, ConversionReader.Read),
        new("ValueMappingTransformer", 0x00010001, 0x00010001, ValueMapReader.ReadMap),
        new("TermLookupTransform", 0x00010002, 0x00010002, ValueMapReader.ReadLookup),

        // Numbers
        new("Normalizer", 0x00010001, 0x00010002, NormalizerReader.Read),
        new("NormalizeTransform", 0x00010003, 0x00010003, NormalizerReader.ReadWithoutTypes),
        new("GcnTransform", 0x00010001, 0x00010003, VectorReaders.LpNorm),
        new("PcaTransform", 0x00010001, 0x00010002, VectorReaders.PrincipalComponents),
        new("RffTransform", 0x00010001, 0x00010002, VectorReaders.RandomFeatures),

        // Text
        new("TextNormalizerTransform", 0x00010001, 0x00010001, TextReaders.Normalize),
        new("TokenizeTextTransform", 0x00010001, 0x00010001, TextReaders.Words),
        new("CharToken", 0x00010001, 0x00010002, TextReaders.Characters),
        new("NgramTransform", 0x00010001, 0x00010003, NgramReaders.Ngrams),
        new("NgramHashTransform", 0x00010002, 0x00010003, NgramReaders.HashedNgrams),
        new("WordEmbeddingsTransform", 0x00010001, 0x00010001, TextReaders.WordEmbedding),

        // Explaining
        new("FeatureContribution", 0x00010001, 0x00010001, ContributionReader.Read));
}
