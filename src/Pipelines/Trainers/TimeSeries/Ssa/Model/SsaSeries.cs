namespace MLPipelines.TimeSeries;

/// <summary>
/// A series that a singular spectrum analysis was trained on and that goes on. An adaptive one remembers its last observations and is trained on
/// them anew whenever a window of new ones has come.
/// </summary>
internal sealed class SsaSeries
{
    private readonly SsaSettings _settings;
    private readonly float[] _state;
    private readonly float[] _recent;
    private int _recentCount;
    private int _sinceTraining;

    private SsaSeries(SsaSettings settings, SsaRecursion<float> recursion, float[] state, float[] recent, int recentCount, int sinceTraining) =>
        (_settings, Recursion, _state, _recent, _recentCount, _sinceTraining) = (settings, recursion, state, recent, recentCount, sinceTraining);

    internal SsaRecursion<float> Recursion { get; private set; }

    /// <summary>The signal that is expected next.</summary>
    internal float Next => Recursion.Next(_state);

    /// <summary>Trains.</summary>
    /// <param name="series">Finite numbers, at least <see cref="SsaSettings.LeastPoints"/> of them.</param>
    /// <param name="settings">How. The discount is for training anew: what is first trained on counts the same.</param>
    /// <param name="remembered">How many observations an adaptive series is trained on anew; 0 for one that is not.</param>
    /// <param name="info">What was found out, where it is asked for.</param>
    internal static SsaSeries Train(float[] series, SsaSettings settings, int remembered, out SsaModelInfo? info)
    {
        SsaRecursion<float> recursion = SsaTrainer.Train(series, settings with { Discount = 1 }, out info);
        float[] recent = new float[remembered];
        int count = Math.Min(remembered, series.Length);
        series.AsSpan(series.Length - count).CopyTo(recent);
        return new SsaSeries(settings, recursion, recursion.StateAfter(series.AsSpan(series.Length - settings.Window)), recent, count, 0);
    }

    /// <summary>A series that was trained elsewhere and does not learn any more.</summary>
    internal static SsaSeries Of(SsaSettings settings, SsaRecursion<float> recursion, float[] state) => new(settings, recursion, state, [], 0, 0);

    internal SsaSeries Copy() => new(_settings, Recursion, [.. _state], [.. _recent], _recentCount, _sinceTraining);

    /// <summary>Takes in the next observation; one that is no finite number counts as the expected one.</summary>
    internal void Observe(float value)
    {
        if (!float.IsFinite(value)) value = Next;
        Recursion.Observe(_state, value);
        if (_recent.Length == 0 || !float.IsFinite(value)) return;
        if (_recentCount == _recent.Length) _recent.AsSpan(1).CopyTo(_recent);
        else _recentCount++;
        _recent[_recentCount - 1] = value;
        if (++_sinceTraining < _settings.Window || _recentCount < _settings.LeastPoints) return;
        _sinceTraining = 0;
        ReadOnlySpan<float> recent = _recent.AsSpan(0, _recentCount);
        Recursion = SsaTrainer.Train(recent.ToArray(), _settings with { KeepsInfo = false }, out _);
        Recursion.StateAfter(recent[^_settings.Window..]).CopyTo(_state, 0);
    }

    internal void Forecast(Span<float> mean, Span<float> deviation) => Recursion.Forecast(_state, mean, deviation);

    internal void Save(ModelStepWriter writer)
    {
        writer.WriteArray<float>("basis", Recursion.Basis, Recursion.Rank, Recursion.Window);
        writer.WriteArray<float>("coefficients", Recursion.Coefficients, Recursion.Window - 1);
        writer.WriteArray<float>("state", _state, _state.Length);
        writer.WriteArray<float>("variances", [Recursion.ObservationVariance, Recursion.RecursionVariance], 2);
        writer.WriteArray<float>("recent", _recent.AsSpan(0, _recentCount), _recentCount);
        writer.Set("remembered", _recent.Length);
        writer.Set("since-training", _sinceTraining);
    }

    internal static SsaSeries Load(ModelStepReader reader, SsaSettings settings)
    {
        int window = settings.Window;
        float[] basis = reader.ReadArray<float>("basis", -1, window), variances = reader.ReadArray<float>("variances", 2), recent = reader.ReadArray<float>("recent", -1);
        int remembered = reader.GetInt32("remembered"), since = reader.GetInt32("since-training");
        if (basis.Length < window || remembered < recent.Length || since < 0) throw reader.Invalid("its components or what it remembers do not fit its window");
        var recursion = new SsaRecursion<float>(basis, reader.ReadArray<float>("coefficients", window - 1), variances[0], variances[1]);
        int count = recent.Length;
        Array.Resize(ref recent, remembered);
        return new SsaSeries(settings, recursion, reader.ReadArray<float>("state", recursion.StateLength), recent, count, since);
    }
}
