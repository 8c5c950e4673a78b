namespace MLPipelines.TimeSeries;

/// <summary>A model of a transformed series, whose state it shares.</summary>
internal sealed class BoxCoxModel(BoxCoxTransform transform, double least, SeriesModel inner) : SeriesModel(inner.State)
{
    internal const string KindName = "box-cox";

    // A value that is not positive is taken for this share of the least one that was learned from.
    private const double Floor = 0.1;

    public override string Name => transform.Power == 0 ? $"Log+{inner.Name}" : FormattableString.Invariant($"BoxCox({transform.Power:0.##})+{inner.Name}");

    internal override string Kind => KindName;

    internal override void Observe(Span<double> state, double value) =>
        inner.Observe(state, double.IsNaN(value) ? value : transform.Apply(Math.Max(value, Floor * least)));

    internal override void Forecast(ReadOnlySpan<double> state, Span<double> mean, Span<double> deviation)
    {
        inner.Forecast(state, mean, deviation);
        for (int i = 0; i < mean.Length; i++)
        {
            double middle = mean[i];
            mean[i] = transform.Undo(middle);
            // Half of what one deviation below and above become.
            if (i < deviation.Length) deviation[i] = (transform.Undo(middle + deviation[i]) - transform.Undo(middle - deviation[i])) / 2;
        }
    }

    internal override SeriesModel At(double[] state) => new BoxCoxModel(transform, least, inner.At(state));

    internal override void Save(SeriesModelWriter writer)
    {
        writer.Write(transform.Power);
        writer.Write(transform.Unit);
        writer.Write(least);
        writer.Write(inner);
    }

    internal static BoxCoxModel Load(SeriesModelReader reader, double[] state)
    {
        double power = reader.ReadNumber(), unit = reader.ReadNumber(), least = reader.ReadNumber();
        SeriesModel inner = reader.ReadModel();
        return power is >= 0 and < 1 && unit > 0 && least > 0 && inner.State.Length == state.Length ? new(new(power, unit), least, inner.At(state))
            : throw reader.Invalid($"a transformed model has the power {power} and {state.Length} numbers of state for {inner.State.Length}");
    }
}
