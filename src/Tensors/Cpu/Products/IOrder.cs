namespace MLPipelines.Tensors.Cpu;

/// <summary>How A lies, as a type.</summary>
internal interface IOrder
{
    /// <summary>True where the items of a row lie side by side and the stride is between rows; false where those of a column do and the stride is between columns.</summary>
    static abstract bool IsByRow { get; }
}

internal readonly struct ByRow : IOrder
{
    public static bool IsByRow => true;
}

internal readonly struct ByColumn : IOrder
{
    public static bool IsByRow => false;
}
