namespace MLPipelines.Trainers;

/// <summary>
/// The vector operations of the dual descent kernel, at one width. The kernel is written once; the compiler makes one
/// program per width, and <see cref="ScalarLane"/> is the reference that the wide ones are tested against.
/// </summary>
internal unsafe interface ILanes<TVector> where TVector : struct
{
    /// <summary>How many numbers a vector holds.</summary>
    static abstract int Count { get; }

    static abstract TVector Load(float* source);

    static abstract void Store(TVector vector, float* destination);

    static abstract TVector Broadcast(float value);

    static abstract TVector Add(TVector a, TVector b);

    static abstract TVector Subtract(TVector a, TVector b);

    static abstract TVector Multiply(TVector a, TVector b);

    static abstract TVector Divide(TVector a, TVector b);

    /// <summary>a × b + c, rounded once.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    static abstract TVector Min(TVector a, TVector b);

    static abstract TVector Max(TVector a, TVector b);

    static abstract TVector Abs(TVector vector);

    /// <summary>Per lane, <paramref name="yes"/> where a &gt; b, otherwise <paramref name="no"/>.</summary>
    static abstract TVector WhereGreater(TVector a, TVector b, TVector yes, TVector no);

    /// <summary>Whether a &gt; b in any lane.</summary>
    static abstract bool AnyGreater(TVector a, TVector b);
}
