namespace MLPipelines.AutoML;

/// <summary>
/// How many rows the trials of a search learn from: a few first, so that many trials show soon what is worth a try, then four times as
/// many, up to all, as in FLAML (Wang et al. 2021). The best of each size are tried again with the next size before anything new is.
/// The decisions hang on the losses alone, in the order of the trials.
/// </summary>
internal sealed class SampleGrowth
{
    private const int FirstRows = 10_000, Factor = 4, TrialsPerSize = 12, Promoted = 3;

    private readonly long _rows;
    private readonly bool _grows;
    private readonly List<(double Loss, TrialSettings Settings)> _atThisSize = [];
    private readonly Queue<SearchSpace.Parameter> _again = [];
    private long _size;
    private int _begun;

    /// <param name="rows">The rows that there are.</param>
    /// <param name="grows">Whether trials begin with samples; otherwise only the first one does.</param>
    internal SampleGrowth(long rows, bool grows)
    {
        (_rows, _grows) = (rows, grows);
        // A sample that is most of the rows saves nothing.
        _size = grows && rows > 2 * FirstRows ? FirstRows : rows;
    }

    /// <summary>The share of the rows that the first trial learns from, whatever comes later: it has to end soon.</summary>
    internal double FirstShare => _rows > 2 * FirstRows ? FirstRows / (double)_rows : 1;

    /// <summary>The share of the rows that the next trial learns from.</summary>
    internal double Share => _rows == 0 ? 1 : Math.Min(1, _size / (double)_rows);

    /// <summary>The parameters of a good trial of the size before, to be tried with the present one.</summary>
    internal bool TryAgain([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SearchSpace.Parameter? parameter) => _again.TryDequeue(out parameter);

    internal void Begun() => _begun++;

    internal void Ended(TrialResult result)
    {
        if (!_grows || Share >= 1) return;
        if (result.IsSucceed) _atThisSize.Add((result.Loss, result.TrialSettings));
        if (_begun < TrialsPerSize || _atThisSize.Count == 0) return;
        foreach (var (_, best) in _atThisSize.OrderBy(trial => trial.Loss).ThenBy(trial => trial.Settings.TrialId).Take(Promoted)) _again.Enqueue(best.Parameter);
        _size = _size * Factor * 2 > _rows ? _rows : _size * Factor;
        _atThisSize.Clear();
        _begun = 0;
    }
}
