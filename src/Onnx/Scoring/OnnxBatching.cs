namespace MLPipelines.Onnx;

/// <summary>
/// Whether a model computes rows that are put together as it computes each alone. A leading dimension of open size is usually one of rows, but may be one of
/// time, or the model may mix rows (a mean over them, a scale taken from all): the first run of several rows is compared with single ones.
/// </summary>
internal sealed class OnnxBatching
{
    private volatile int _answer;

    /// <summary><see langword="null"/> until it is found out.</summary>
    internal bool? RowsAreIndependent
    {
        get => _answer switch { 1 => true, 2 => false, _ => null };
        set => _answer = value == true ? 1 : 2;
    }
}
