namespace MLPipelines.TimeSeries;

/// <summary>A weighted mean of models; its state are theirs, one after the other.</summary>
internal sealed class CombinationModel : SeriesModel
{
    internal const string KindName = "combination";

    private readonly SeriesModel[] _members;
    private readonly double[] _weights;
    private readonly double _spread;

    private CombinationModel(double[] state, SeriesModel[] members, double[] weights, double spread) : base(state) =>
        (_members, _weights, _spread) = (members, weights, spread);

    public override string Name => _members.Length == 1 ? _members[0].Name
        : _weights.All(weight => weight == _weights[0]) ? $"Mean({string.Join(", ", _members.Select(member => member.Name))})"
        : string.Join(" + ", _members.Select((member, i) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{_weights[i]:0.00} {member.Name}")));

    internal override string Kind => KindName;

    /// <param name="members">The models.</param>
    /// <param name="weights">How much of each; the sum is 1.</param>
    /// <param name="spread">How many times as wide the errors are as the members expect.</param>
    internal static CombinationModel Of(SeriesModel[] members, double[] weights, double spread) =>
        new([.. members.SelectMany(member => member.State)], members, weights, spread);

    internal override void Observe(Span<double> state, double value)
    {
        foreach (SeriesModel member in _members)
        {
            member.Observe(state[..member.State.Length], value);
            state = state[member.State.Length..];
        }
    }

    internal override void Forecast(ReadOnlySpan<double> state, Span<double> mean, Span<double> deviation)
    {
        double[] means = new double[mean.Length], deviations = new double[deviation.Length];
        mean.Clear();
        deviation.Clear();
        for (int i = 0; i < _members.Length; i++)
        {
            _members[i].Forecast(state[.._members[i].State.Length], means, deviations);
            for (int step = 0; step < means.Length; step++) mean[step] += _weights[i] * means[step];
            for (int step = 0; step < deviations.Length; step++) deviation[step] += _weights[i] * _spread * deviations[step];
            state = state[_members[i].State.Length..];
        }
    }

    internal override SeriesModel At(double[] state) => new CombinationModel(state, _members, _weights, _spread);

    internal override void Save(SeriesModelWriter writer)
    {
        writer.Write(_spread);
        writer.Write(_weights);
        foreach (SeriesModel member in _members) writer.Write(member);
    }

    internal static CombinationModel Load(SeriesModelReader reader, double[] state)
    {
        double spread = reader.ReadNumber();
        double[] weights = reader.ReadNumbers();
        SeriesModel[] members = [.. weights.Select(_ => reader.ReadModel())];
        return members.Sum(member => member.State.Length) == state.Length ? new(state, members, weights, spread)
            : throw reader.Invalid("the state of a combination is not as long as those of its members");
    }
}
