using MLPipelines.SearchSpace;

namespace MLPipelines.AutoML;

/// <summary>
/// The loop of an experiment: has a tuner propose trials, runs them side by side, and remembers what came of them. One thread at a time
/// is in here; trials run on threads of their own.
/// </summary>
/// <remarks>
/// Where only the number of trials limits the search, a proposal is made from the results of all trials but the latest
/// <see cref="Lag"/>, in their order, whichever ended first: how many run side by side then makes no difference.
/// </remarks>
internal sealed class TrialSearch
{
    private const int Lag = 4, GiveUpAfter = 20, FewestRows = 500;

    private readonly SearchParts _parts;
    private readonly SearchClock _clock;
    private readonly TrialCosts _costs = new();
    private readonly List<RunningTrial> _running = [];
    private readonly SortedDictionary<int, TrialResult> _toFeed = [];
    private readonly SortedDictionary<int, LeaderboardRow> _rows = [];
    private readonly int _first, _concurrent;
    private readonly bool _inOrder;
    private int _next, _fed;
    private bool _closed;
    private TrialResult? _firstFailure;

    internal TrialSearch(SearchParts parts, SearchClock clock)
    {
        (_parts, _clock) = (parts, clock);
        _inOrder = clock.Remaining is null;
        _concurrent = Math.Max(1, parts.ConcurrentTrials);
        if (_inOrder) _concurrent = Math.Min(_concurrent, Lag);
        _first = _next = _fed = parts.FirstTrial;
    }

    internal IReadOnlyList<LeaderboardRow> Leaderboard => [.. _rows.Values];

    internal TrialResult? Best { get; private set; }

    internal LeaderboardRow? BestRow => Best is null ? null : _rows.GetValueOrDefault(Best.TrialSettings.TrialId);

    /// <summary>Searches until the time, the trials or the wish for more are at their end.</summary>
    internal async Task RunAsync(CancellationToken user)
    {
        using var timeUp = CancellationTokenSource.CreateLinkedTokenSource(user);
        var up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = timeUp.Token.Register(up.SetResult);
        while (true)
        {
            SetAlarm(timeUp);
            while (MayBegin(timeUp.Token) && Begin(user, timeUp.Token)) { }
            if (_running.Count == 0) break;
            Task one = Task.WhenAny(_running.Select(trial => trial.Task));
            if (!timeUp.IsCancellationRequested) await Task.WhenAny(one, up.Task).ConfigureAwait(false);
            else if (_running.Exists(trial => trial.IsProtected) && !user.IsCancellationRequested) await one.ConfigureAwait(false);
            else
            {
                // Trainers stop within a second of being asked to; what does not is left behind.
                await Task.WhenAny(one, Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None)).ConfigureAwait(false);
                if (!one.IsCompleted) break;
            }
            foreach (RunningTrial ended in _running.Where(trial => trial.Task.IsCompleted).ToArray()) End(ended, user);
        }
        foreach (RunningTrial left in _running.ToArray()) Abandon(left);
        Feed(int.MaxValue);
        if (Best is not null) return;
        user.ThrowIfCancellationRequested();
        if (_firstFailure is null) throw new InvalidOperationException("The experiment ended before any trial was begun: its time or its number of trials is 0.");
        LeaderboardRow first = _rows[_firstFailure.TrialSettings.TrialId];
        throw new MLPipelinesException($"None of the {_rows.Count} trials has given a model. The first one, {first.Trainer}, failed: {first.Failure}", _firstFailure.Exception!);
    }

    private void SetAlarm(CancellationTokenSource timeUp)
    {
        if (timeUp.IsCancellationRequested || _clock.RemainingForTrials(Reserve) is not { } remaining) return;
        // A timer counts up to some 49 days; 24 is enough.
        if (remaining <= TimeSpan.Zero) timeUp.Cancel();
        else if (remaining < TimeSpan.FromDays(24)) timeUp.CancelAfter(remaining);
    }

    private TimeSpan Reserve => Best is null ? TimeSpan.Zero : _parts.Reserve(Best);

    private bool MayBegin(CancellationToken stop)
    {
        if (_closed || stop.IsCancellationRequested || _next - _first >= _parts.MaximumTrials || _running.Count >= _concurrent) return false;
        if (Best is null && _rows.Count >= GiveUpAfter) return false;
        // The first trial is alone: it has to end soon, and tells how long others will take.
        if (_rows.Count == 0 && _running.Count > 0) return false;
        return !_inOrder || _running.TrueForAll(trial => trial.Settings.TrialId > _next - Lag);
    }

    private bool Begin(CancellationToken user, CancellationToken timeUp)
    {
        Feed(_inOrder ? _next - Lag : int.MaxValue);
        var settings = new TrialSettings { TrialId = _next, StartedAtUtc = DateTime.UtcNow, Parameter = Parameter.CreateNestedParameter() };
        bool isFirst = _next == _first;
        for (int attempt = 0; ; attempt++)
        {
            Parameter proposed = _parts.Growth.TryAgain(out Parameter? again) ? again : _parts.Tuner.Propose(settings);
            settings.Parameter = TrialSample.Without(proposed);
            double wanted = isFirst ? _parts.Growth.FirstShare : _parts.Growth.Share, share = Best is null ? wanted : Affordable(settings, wanted);
            if (share > 0)
            {
                TrialSample.Set(settings, share, isOneFold: isFirst && _parts.HasFolds && !_inOrder && _parts.MaximumTrials > 1);
                break;
            }
            if (attempt < 3) continue;
            _closed = true;
            return false;
        }
        _next++;
        _parts.Growth.Begun();
        bool isProtected = Best is null && !_running.Exists(trial => trial.IsProtected);
        var trial = RunningTrial.Begin(settings, _parts, isProtected, IsYoungest, isProtected ? user : timeUp);
        _running.Add(trial);
        _parts.Monitor?.ReportRunningTrial(settings);
        _parts.Changed?.Invoke(this, _running.Count);
        return true;
    }

    private bool IsYoungest(TrialSettings settings) => settings.TrialId == _next - 1;

    /// <summary>
    /// The share of the rows that a trial can learn from in the time left; 0 when it is too small to be worth it. As long as there is much
    /// time, some of the rows are better than no trial.
    /// </summary>
    private double Affordable(TrialSettings settings, double wanted)
    {
        if (_clock.RemainingForTrials(Reserve) is not { } remaining) return wanted;
        double rows = wanted * _parts.Rows;
        if (_costs.Foretell(_parts.Describe(settings).Trainer, rows * _parts.WorkPerRow(settings)) is not { } expected || expected <= remaining) return wanted;
        double part = 0.8 * (remaining / expected);
        return rows * part < FewestRows || (part < 0.25 && remaining < 0.2 * _clock.Limit) ? 0 : wanted * part;
    }

    private void End(RunningTrial trial, CancellationToken user)
    {
        _running.Remove(trial);
        TrialResult result = trial.Result(_parts.MaximumMemory, user);
        trial.Dispose();
        Record(result);
    }

    /// <summary>Gives up a trial that does not stop. It keeps a thread until it ends by itself.</summary>
    private void Abandon(RunningTrial trial)
    {
        _running.Remove(trial);
        Record(trial.Abandoned());
    }

    private void Record(TrialResult result)
    {
        TrialSettings settings = result.TrialSettings;
        bool isBest = result.IsSucceed && (Best is null || IsBetter(result, Best));
        var (trainer, parameters) = _parts.Describe(settings);
        double rows = TrialSample.ShareOf(settings) * _parts.Rows;
        var duration = TimeSpan.FromMilliseconds(result.DurationInMilliseconds);
        _rows[settings.TrialId] = new LeaderboardRow(settings.TrialId, trainer, parameters, result.Metric, result.Loss, duration)
        {
            Rows = (long)Math.Round(rows),
            IsOneFold = TrialSample.IsOneFold(settings),
            Failure = result.Exception?.Message,
            StartedAtUtc = settings.StartedAtUtc,
            PeakMemoryInMegaByte = result.PeakMemoryInMegaByte,
            IsBestSoFar = isBest,
        };
        if (result.IsSucceed)
        {
            _costs.Learn(trainer, rows * _parts.WorkPerRow(settings), duration);
            _parts.Monitor?.ReportCompletedTrial(result);
        }
        else
        {
            if (_firstFailure is null || settings.TrialId < _firstFailure.TrialSettings.TrialId) _firstFailure = result;
            _parts.Monitor?.ReportFailTrial(settings, result.Exception);
        }
        if (isBest)
        {
            Best = result;
            _parts.Monitor?.ReportBestTrial(result);
        }
        _parts.Ended?.Invoke(result, isBest);
        _toFeed[settings.TrialId] = result;
        _parts.Checkpoint?.Add(result);
        _parts.Changed?.Invoke(this, _running.Count);
    }

    /// <summary>One fold may be luck: such a trial is best only until there is another. Of equal trials the first is best.</summary>
    private static bool IsBetter(TrialResult one, TrialResult other)
    {
        bool isOneFold = TrialSample.IsOneFold(one.TrialSettings);
        if (isOneFold != TrialSample.IsOneFold(other.TrialSettings)) return !isOneFold;
        return one.Loss < other.Loss || (one.Loss == other.Loss && one.TrialSettings.TrialId < other.TrialSettings.TrialId);
    }

    /// <summary>Tells the tuner what came of the trials up to a number, in their order.</summary>
    private void Feed(int last)
    {
        while (_toFeed.Count > 0)
        {
            var (id, result) = _toFeed.First();
            if (id > last || (_inOrder && id != _fed)) return;
            _toFeed.Remove(id);
            _fed = id + 1;
            _parts.Growth.Ended(result);
            // Cancelled for want of time says nothing of the parameters.
            if (result.Exception is not OperationCanceledException) _parts.Tuner.Update(AsProposed(result));
        }
    }

    /// <summary>The tuner knows a trial by what it proposed, and not by how many rows that was tried on.</summary>
    private static TrialResult AsProposed(TrialResult result)
    {
        TrialSettings settings = result.TrialSettings;
        if (!TrialSample.IsPart(settings)) return result;
        return new TrialResult
        {
            TrialSettings = new TrialSettings { TrialId = settings.TrialId, StartedAtUtc = settings.StartedAtUtc, EndedAtUtc = settings.EndedAtUtc, Parameter = TrialSample.Without(settings.Parameter) },
            Loss = result.Loss,
            Metric = result.Metric,
            DurationInMilliseconds = result.DurationInMilliseconds,
            Exception = result.Exception,
        };
    }
}
