namespace MLPipelines.TimeSeries;

/// <summary>Reads what <see cref="SeriesModelWriter"/> wrote, in the same order.</summary>
internal sealed class SeriesModelReader(ModelStepReader reader)
{
    private readonly IReadOnlyList<string> _kinds = reader.ReadTexts("model-kinds");
    private readonly double[] _numbers = reader.ReadArray<double>("models", -1);
    private int _next;

    internal SeriesModel ReadModel()
    {
        int kind = ReadInt32(0, _kinds.Count - 1);
        double[] state = ReadNumbers();
        return SeriesModelTable.LoaderOf(_kinds[kind], this)(this, state);
    }

    internal double ReadNumber() => _next < _numbers.Length ? _numbers[_next++] : throw Invalid("its models end early");

    internal int ReadInt32(int least, int most) =>
        ReadNumber() is var number && number >= least && number <= most && number == Math.Floor(number) ? (int)number
            : throw Invalid($"it holds {number} where a whole number from {least} to {most} is expected");

    internal double[] ReadNumbers() => ReadNumbers(ReadInt32(0, _numbers.Length - _next));

    internal MLPipelinesException Invalid(string problem) => reader.Invalid(problem);

    private double[] ReadNumbers(int count)
    {
        double[] numbers = _numbers.AsSpan(_next, count).ToArray();
        _next += count;
        return numbers;
    }
}
