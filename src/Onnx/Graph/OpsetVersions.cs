namespace MLPipelines.Onnx.Graph;

/// <summary>The versions of the operators that graphs are written in.</summary>
internal static class OpsetVersions
{
    /// <summary>Operators of the domain <c>ai.onnx</c>, unless another version is asked for.</summary>
    internal const int Default = 15;

    internal const int Oldest = 9;

    internal const int Newest = 17;

    /// <summary>Operators of the domain <c>ai.onnx.ml</c>: the third version has trees whose thresholds are double precision.</summary>
    internal const int MachineLearning = 3;

    internal const string MachineLearningDomain = "ai.onnx.ml";

    /// <summary>ONNX Runtime's own operators: word tokenizing and hashing.</summary>
    internal const string MicrosoftDomain = "com.microsoft";

    internal const int Microsoft = 1;

    /// <summary>The version of the file format that came with the newest operators here; older readers take it too when they know the operators.</summary>
    internal const int FileFormat = 8;
}
