namespace MLPipelines.Data;

/// <summary>The 128-bit identity of a row.</summary>
/// <param name="Low">The low half; the position of the row in the data it was first read from.</param>
/// <param name="High">The high half; which of several sources the row came from.</param>
public readonly record struct DataViewRowId(ulong Low, ulong High)
{
    public override string ToString() => $"{High:x16}{Low:x16}";
}
