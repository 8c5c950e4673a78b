using MLPipelines.Data;

namespace MLPipelines.Persistence.MLNet;

/// <summary>Reads one component and adds what it becomes to a chain.</summary>
internal delegate void StepReading(Component component, Payload payload, ChainBuilder chain);

/// <summary>The chain of our transformers that the components of a file become.</summary>
internal sealed class ChainBuilder
{
    private readonly List<ITransformer> _steps = [];
    private readonly List<(string Name, DataViewType Type)> _needed = [];
    private readonly HashSet<string> _made = new(StringComparer.Ordinal);
    private DataViewSchema? _schema;
    private int _schemaAt;
    private int _depth;

    /// <param name="input">The columns that the model is applied to; <see langword="null"/> where the file does not say.</param>
    internal ChainBuilder(DataViewSchema? input) => (Input, _schema) = (input, input);

    internal DataViewSchema? Input { get; }

    internal IReadOnlyList<ITransformer> Steps => _steps;

    /// <summary>The columns that a model of the file was trained on; for files that do not say what they are applied to.</summary>
    internal DataViewSchema? TrainSchema { get; set; }

    /// <summary>The column that the model was trained to predict, where the file says it.</summary>
    internal string? LabelColumn { get; set; }

    /// <summary>The columns after the steps so far.</summary>
    internal DataViewSchema? Schema
    {
        get
        {
            for (; _schema is not null && _schemaAt < _steps.Count; _schemaAt++) _schema = _steps[_schemaAt].GetOutputSchema(_schema);
            return _schema;
        }
    }

    /// <summary>Reads a component as steps.</summary>
    internal void Read(Component component)
    {
        const int deepest = 64;
        if (++_depth > deepest) throw component.Invalid($"more than {deepest} chains within chains");
        ComponentTables.StepOf(component)(component, component.OpenPayload(), this);
        _depth--;
    }

    /// <summary>Adds a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="inputs">The columns that it reads.</param>
    /// <param name="outputs">The columns that it makes.</param>
    /// <param name="type">The type of what it reads, where that can be told from the step.</param>
    internal void Add(ITransformer step, IEnumerable<string> inputs, IEnumerable<string> outputs, DataViewType? type = null)
    {
        foreach (string name in inputs)
            if (!_made.Contains(name) && !_needed.Exists(column => column.Name == name)) _needed.Add((name, type ?? NumberDataViewType.Single));
        _made.UnionWith(outputs);
        _steps.Add(step);
    }

    /// <summary>Puts one step in place of all from one on, where they amount to it.</summary>
    internal void Merge(int first, Func<IReadOnlyList<ITransformer>, ITransformer?> merge)
    {
        // Whoever looked at the columns in between has made something of them.
        if (_schemaAt > first || merge(_steps[first..]) is not { } merged) return;
        _steps.RemoveRange(first, _steps.Count - first);
        _steps.Add(merged);
    }

    /// <summary>Adds one step for each pair of columns, all of which ML.NET computes from the columns before the first.</summary>
    internal void AddEach(Component component, InputOutputColumnPair[] pairs, Func<InputOutputColumnPair, ITransformer> make, DataViewType? type = null)
    {
        for (int i = 0; i < pairs.Length; i++)
        {
            if (pairs.Take(i).Any(before => before.OutputColumnName == pairs[i].InputColumnName))
                throw component.Invalid($"not supported: it reads column '{pairs[i].InputColumnName}' and replaces it in one step");
            Add(make(pairs[i]), [pairs[i].InputColumnName], [pairs[i].OutputColumnName], type);
        }
    }

    /// <summary>Adds one step for all pairs of columns.</summary>
    internal void Add(ITransformer step, InputOutputColumnPair[] pairs, DataViewType? type = null) =>
        Add(step, pairs.Select(pair => pair.InputColumnName), pairs.Select(pair => pair.OutputColumnName), type);

    /// <summary>The columns that the model is applied to: those of the file, and those that its steps read besides.</summary>
    internal DataViewSchema ToInputSchema()
    {
        var builder = new DataViewSchema.Builder();
        if (Input is not null) builder.AddColumns(Input);
        foreach (var (name, type) in _needed)
        {
            if (Input?.GetColumnOrNull(name) is not null) continue;
            // In the columns of training, the first one of a name is that of the data; those after it are made by steps.
            DataViewSchema.Column[] trained = [.. TrainSchema?.Where(column => column.Name == name).Take(1) ?? []];
            if (trained is [var column]) builder.AddColumn(name, column.Type, column.Annotations);
            else builder.AddColumn(name, type, null);
        }
        return builder.ToSchema();
    }
}
