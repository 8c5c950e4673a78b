using MLPipelines.Data;
using MLPipelines.TimeSeries;
using MLPipelines.Transforms.TimeSeries;

namespace MLPipelines.Persistence.MLNet;

/// <summary>
/// Steps that go through the rows in order. The payload is the number of rows that are remembered, another such number, the names of the input and of the output column, and as texts within it those of the columns of bounds; the type of
/// the output; what the kind of step adds; and the state: both numbers again, and buffers, each as its size, the number of its items, and these.
/// </summary>
internal static class SeriesReaders
{
    private const int MostItems = 1 << 24;

    internal static readonly ComponentTable<StepReading> Table = new(
        new("SsaForecasting", 0x00010001, 0x00010001, Forecast),
        new("IidSpikeDetector", 0x00010001, 0x00010001, Spikes),
        new("IidChangePointDetector", 0x00010001, 0x00010001, Changes));

    private static void Spikes(Component component, Payload payload, ChainBuilder chain) => Detect(component, payload, chain, findsChanges: false);

    private static void Changes(Component component, Payload payload, ChainBuilder chain) => Detect(component, payload, chain, findsChanges: true);

    /// <summary>
    /// The martingale, what is judged (1: p-values, 2: the martingale), the side; the exponent of the martingale, and the threshold. The state has the bets, the scores, the logarithm of the martingale, a sum of squares that the scores
    /// give, and for how many rows there is no further alert.
    /// </summary>
    private static void Detect(Component component, Payload payload, ChainBuilder chain, bool findsChanges)
    {
        Columns columns = ReadColumns(payload);
        var martingale = (MartingaleType)payload.Byte();
        byte judged = payload.Byte();
        var side = (AnomalySide)payload.Byte();
        double epsilon = payload.Double(), threshold = payload.Double();
        if (!Enum.IsDefined(martingale) || !Enum.IsDefined(side) || judged != (findsChanges ? 2 : 1) || epsilon is not (> 0 and < 1) || !(threshold >= 0) || (findsChanges && martingale == MartingaleType.None))
            throw component.Invalid("its rule for alerts is not known");
        ReadState(payload);
        var (_, bets) = Buffer(component, payload, p => p.Double());
        var (history, scores) = Buffer(component, payload, p => p.Single());
        double logMartingale = payload.Double();
        payload.Double();
        int quiet = payload.Int32();
        if (history < 1 || (findsChanges && bets.Length != 0 && bets.Length != history)) throw component.Invalid($"it remembers {history} scores and {bets.Length} bets");
        var rule = new AnomalyRule(history, side, findsChanges ? martingale : MartingaleType.None, epsilon, threshold);
        var detection = new AnomalyDetection(columns.Output, columns.Input, rule, AnomalyScores.Of(rule, scores, bets, logMartingale, Math.Max(0, quiet)), Expected: null);
        chain.Add(findsChanges ? new IidChangePointDetector(detection) : new IidSpikeDetector(detection), [columns.Input], [columns.Output], NumberDataViewType.Single);
    }

    /// <summary>The number of numbers in the output; whether the model goes on learning, how many steps are forecast, and how sure the bounds are. The state has two buffers of no use. The model is the component <c>SSA</c>.</summary>
    private static void Forecast(Component component, Payload payload, ChainBuilder chain)
    {
        Columns columns = ReadColumns(payload);
        payload.Int32();
        if (payload.Bool()) throw component.Invalid("not supported: a model that goes on learning");
        int horizon = payload.Int32(1, MostItems, "the number of steps that are forecast");
        float confidence = payload.Single();
        if (!(confidence is >= 0 and < 1)) throw component.Invalid($"its bounds are sure to {confidence}");
        var (series, settings) = SsaReader.Read(component.Inner("SSA"));
        bool hasBounds = columns.Lower.Length > 0 && columns.Upper.Length > 0;
        var options = new SsaForecastingOptions(columns.Output, columns.Input, settings.WindowSize, settings.SeriesLength, settings.TrainSize, horizon)
        {
            ConfidenceLevel = confidence, LowerBound = hasBounds ? columns.Lower : null, UpperBound = hasBounds ? columns.Upper : null, MaxRank = settings.MaxRank,
            // A vector of unknown size stands for as many steps as are asked for.
            VariableHorizon = columns.Type is VectorDataViewType { Size: 0 },
        };
        chain.Add(new SsaForecastingTransformer(options, series, null), [columns.Input], hasBounds ? [columns.Output, columns.Lower, columns.Upper] : [columns.Output], NumberDataViewType.Single);
    }

    /// <summary>A buffer: its size, how many items it has, and these, oldest first.</summary>
    internal static (int Size, T[] Items) Buffer<T>(Component component, Payload payload, Func<Payload, T> read)
    {
        int size = payload.Int32(0, MostItems, "the size of a buffer"), count = payload.Int32(0, size, "the number of items of a buffer");
        if (count > payload.Left) throw component.Invalid($"a buffer of {count} items where {payload.Left} bytes are left");
        T[] items = new T[count];
        for (int i = 0; i < count; i++) items[i] = read(payload);
        return (size, items);
    }

    private static Columns ReadColumns(Payload payload)
    {
        payload.Int32();
        payload.Int32();
        string input = payload.Name(), output = payload.Name();
        string lower = payload.Utf8(), upper = payload.Utf8();
        return new Columns(input, output, lower, upper, payload.Type());
    }

    private static void ReadState(Payload payload)
    {
        payload.Int32();
        payload.Int32();
    }

    private sealed record Columns(string Input, string Output, string Lower, string Upper, DataViewType Type);
}
