using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>Finds the slots of the n-grams of a row, with a reader per column. Serves one thread.</summary>
internal sealed class NgramSlots(NgramHash hash, DataViewSchema.Column[] sources, KeyReader[] readers, SlotInverter? inverter = null)
{
    private readonly FeatureList _found = new();
    private readonly uint[] _rounds = new uint[NgramShape.MaximumSpan + 1];
    private readonly uint[] _keys = new uint[NgramShape.MaximumSpan];

    /// <summary>One entry per n-gram; valid until the next call.</summary>
    internal FeatureList Find(Batch batch, int row)
    {
        _found.Clear();
        for (int column = 0; column < sources.Length; column++)
        {
            var step = new HashNgrams(hash, column, _rounds, _found, inverter, _keys);
            NgramWalk.Run(readers[column].Read(batch[sources[column].Index], row), hash.Shape, ref step);
        }
        return _found;
    }
}
