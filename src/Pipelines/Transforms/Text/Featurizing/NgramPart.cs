using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>What was learned of one kind of n-grams of a text.</summary>
/// <param name="Shape">Which n-grams count.</param>
/// <param name="Map">Their identifiers.</param>
/// <param name="Weights">What their counts are worth.</param>
/// <param name="Terms">The words, whose keys the n-grams are made of; <see langword="null"/> when they are made of characters.</param>
internal sealed record NgramPart(NgramShape Shape, NgramMap Map, NgramWeights Weights, TermMap? Terms)
{
    private readonly NgramFinder _finder = new(Map, Shape);

    /// <summary>Counts the n-grams of a text into a row.</summary>
    internal void Append(AnalyzedText text, FeatureList found, FeatureRow row, int offset, LpNormNormalizingEstimatorBase.NormFunction? norm)
    {
        found.Clear();
        _finder.Find(Terms is null ? text.CharacterKeys() : text.WordKeys(Terms), found);
        row.Append(found, offset, Weights, norm);
    }

    internal ReadOnlyMemory<char>[] Names(string prefix) => NgramNames.Of(Map,
        Terms is null ? key => CharacterKeys.NameOf((char)key).AsMemory() : key => Terms[key].ToString().AsMemory(), prefix);

    internal void Save(ModelStepWriter writer)
    {
        Shape.Save(writer);
        Map.Save(writer);
        Weights.Save(writer);
        Terms?.Save(writer);
    }

    internal static NgramPart Load(ModelStepReader reader, bool ofWords)
    {
        NgramMap map = NgramMap.Load(reader);
        TermMap? terms = ofWords ? TermMap.Load(reader) : null;
        map.CheckKeys(terms is null ? char.MaxValue : (uint)terms.Count, reader);
        return new NgramPart(NgramShape.Load(reader), map, NgramWeights.Load(reader, map.Count), terms);
    }
}
