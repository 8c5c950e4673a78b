namespace MLPipelines.Tokenizers;

/// <summary>Which two tokens become which one, and which pair goes first.</summary>
internal sealed class MergeTable
{
    // Pairs plus one, so that 0 is an empty place.
    private readonly ulong[] _pairs;
    private readonly (int Rank, int Merged)[] _merges;

    /// <param name="merges">Left, right and merged token of each merge, in order of rank; a merge whose merged token is negative is left out.</param>
    internal MergeTable(ReadOnlySpan<(int Left, int Right, int Merged)> merges)
    {
        int size = 16;
        while (size < 2 * merges.Length) size *= 2;
        (_pairs, _merges) = (new ulong[size], new (int, int)[size]);
        for (int rank = 0; rank < merges.Length; rank++)
        {
            (int left, int right, int merged) = merges[rank];
            if (merged < 0) continue;
            ulong pair = PairOf(left, right);
            int place = PlaceOf(pair);
            if (_pairs[place] == pair) continue;
            (_pairs[place], _merges[place]) = (pair, (rank, merged));
        }
    }

    internal bool TryFind(int left, int right, out int rank, out int merged)
    {
        int place = PlaceOf(PairOf(left, right));
        (rank, merged) = _merges[place];
        return _pairs[place] != 0;
    }

    private static ulong PairOf(int left, int right) => (((ulong)(uint)left << 32) | (uint)right) + 1;

    private int PlaceOf(ulong pair)
    {
        ulong hash = pair * 0x9E3779B97F4A7C15;
        int mask = _pairs.Length - 1, place = (int)(hash >> 40) & mask;
        while (_pairs[place] != 0 && _pairs[place] != pair) place = (place + 1) & mask;
        return place;
    }
}
