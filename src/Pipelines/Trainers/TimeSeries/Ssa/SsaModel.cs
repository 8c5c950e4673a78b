namespace MLPipelines.TimeSeries;

/// <summary>A series that follows the linear recursion of its signal around a level; its state is that of <see cref="SsaRecursion{T}"/>.</summary>
internal sealed class SsaModel(double[] state, double level, SsaRecursion<double> recursion) : SeriesModel(state)
{
    internal const string KindName = "ssa";

    public override string Name => $"SSA[{recursion.Window},{recursion.Rank}]";

    internal override string Kind => KindName;

    internal override void Observe(Span<double> state, double value) => recursion.Observe(state, value - level);

    internal override void Forecast(ReadOnlySpan<double> state, Span<double> mean, Span<double> deviation)
    {
        recursion.Forecast(state, mean, deviation);
        for (int i = 0; i < mean.Length; i++) mean[i] += level;
    }

    internal override SeriesModel At(double[] state) => new SsaModel(state, level, recursion);

    internal override void Save(SeriesModelWriter writer)
    {
        writer.Write(level);
        writer.Write(recursion.ObservationVariance);
        writer.Write(recursion.RecursionVariance);
        writer.Write(recursion.Coefficients);
        writer.Write(recursion.Basis);
    }

    internal static SsaModel Load(SeriesModelReader reader, double[] state)
    {
        double level = reader.ReadNumber(), observation = reader.ReadNumber(), recursionVariance = reader.ReadNumber();
        double[] coefficients = reader.ReadNumbers(), basis = reader.ReadNumbers();
        bool fits = coefficients.Length > 0 && basis.Length > 0 && basis.Length % (coefficients.Length + 1) == 0 && state.Length == 2 * coefficients.Length;
        return fits ? new(state, level, new SsaRecursion<double>(basis, coefficients, observation, recursionVariance)) : throw reader.Invalid("the components of an SSA model do not fit its window");
    }
}
