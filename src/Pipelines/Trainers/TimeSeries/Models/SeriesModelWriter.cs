namespace MLPipelines.TimeSeries;

/// <summary>Writes any number of models as one array of numbers and a short list of the kinds of models that it holds.</summary>
internal sealed class SeriesModelWriter
{
    private readonly List<double> _numbers = [];
    private readonly List<string> _kinds = [];

    internal void Write(SeriesModel model)
    {
        int kind = _kinds.IndexOf(model.Kind);
        if (kind < 0)
        {
            kind = _kinds.Count;
            _kinds.Add(model.Kind);
        }
        Write(kind);
        Write(model.State);
        model.Save(this);
    }

    internal void Write(double number) => _numbers.Add(number);

    /// <summary>Numbers and how many they are.</summary>
    internal void Write(ReadOnlySpan<double> numbers)
    {
        _numbers.Add(numbers.Length);
        _numbers.AddRange(numbers);
    }

    internal void Save(ModelStepWriter writer)
    {
        writer.WriteTexts("model-kinds", _kinds);
        writer.WriteArray<double>("models", System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_numbers), _numbers.Count);
    }
}
