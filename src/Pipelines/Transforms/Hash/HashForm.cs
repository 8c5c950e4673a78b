namespace MLPipelines.Transforms;

/// <summary>How the rounds of MurmurHash3 are put together.</summary>
internal enum HashForm
{
    /// <summary>As ML.NET's samples state it: the length takes a round, and texts are hashed as UTF-8.</summary>
    Default,

    /// <summary>As ML.NET did before version 1.5: like <see cref="Default"/>, but the bytes of characters beyond ASCII come last one first.</summary>
    MLNet,

    /// <summary>MurmurHash3 for x86 with 32 bits as it is published, of the form that ML.NET has had from version 1.5 on.</summary>
    Published,
}
