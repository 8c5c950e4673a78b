namespace MLPipelines.Transforms.Text;

/// <summary>Lists the identifiers of the n-grams of a sequence that a map knows, one entry per occurrence.</summary>
internal struct FindNgrams(NgramMap map, FeatureList found) : INgramStep
{
    public readonly int Step(int parent, uint key, int length)
    {
        ref readonly NgramMap.Edge edge = ref map.Find(parent, key);
        if (edge.Node != 0 && edge.Feature >= 0) found.Add(edge.Feature);
        return edge.Node;
    }
}

/// <summary>Adds the n-grams of a sequence to a map while there is room for their length, and lists their identifiers.</summary>
internal struct LearnNgrams(NgramMap map, NgramShape shape, int[] counts, FeatureList found) : INgramStep
{
    public readonly int Step(int parent, uint key, int length)
    {
        ref readonly NgramMap.Edge edge = ref map.Find(parent, key);
        if (edge.Node != 0)
        {
            // A beginning that had no room as an n-gram of its own has none later either.
            if (edge.Feature >= 0) found.Add(edge.Feature);
            return edge.Node;
        }
        bool kept = counts[length - 1] < shape.Limits[length - 1];
        if (!kept && !HasRoomBeyond(length)) return 0;
        int node = map.Add(parent, key, kept);
        if (kept)
        {
            counts[length - 1]++;
            found.Add(map.Count - 1);
        }
        return node;
    }

    private readonly bool HasRoomBeyond(int length)
    {
        for (int i = length; i < counts.Length; i++)
            if (counts[i] < shape.Limits[i]) return true;
        return false;
    }
}
