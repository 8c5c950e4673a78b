using MLPipelines.Data;
using MLPipelines.Trainers;

namespace MLPipelines.Recommendation;

/// <summary>Makes features out of the columns of a table: <see cref="SideTable.Read"/>.</summary>
internal sealed class SideTableReader
{
    private readonly string _source;
    private readonly BatchView _view;
    private readonly DataViewSchema.Column _name;
    private readonly DataViewSchema.Column[] _columns;
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal), _features = new(StringComparer.Ordinal);
    private readonly List<int> _rows = [], _items = [];
    private readonly List<float> _values = [];

    internal SideTableReader(IDataView data, string nameColumn, string source)
    {
        (_source, _view) = (source, BatchView.Of(data));
        _name = _view.Schema.GetColumnOrNull(nameColumn) is { } found && RowNames.IsNameOrNumber(found.Type) ? found
            : throw new ArgumentException($"{source}: there is no column '{nameColumn}' of text, numbers or keys. The columns are: {_view.Schema}.", nameof(nameColumn));
        _columns = [.. _view.Schema.Where(column => !column.IsHidden && column.Name != nameColumn && (RowNames.IsNameOrNumber(column.Type) || column.Type is BooleanDataViewType))];
        if (_columns.Length == 0) throw new ArgumentException($"{source}: beside '{nameColumn}' there is no column of text, numbers or keys.", nameof(data));
    }

    internal SideTable Read()
    {
        var names = new RowNames(_name, _names);
        RowNames?[] texts = Array.ConvertAll(_columns, column => RowNames.IsName(column.Type) ? new RowNames(column, []) : null);
        List<float>[] numbers = Array.ConvertAll(_columns, _ => new List<float>());
        using (BatchCursor cursor = _view.OpenBatches(ColumnSet.Of(_view.Schema, [_name.Index, .. _columns.Select(column => column.Index)])))
        {
            while (cursor.Next() is { } batch)
            {
                int first = _names.Count;
                for (int row = 0; row < batch.RowCount; row++) AddName(names.NameOf(batch[_name.Index], row));
                for (int i = 0; i < _columns.Length; i++)
                {
                    BatchColumn cells = batch[_columns[i].Index];
                    if (texts[i] is not { } text) NumberReader.Append(cells, _columns[i], numbers[i]);
                    else for (int row = 0; row < batch.RowCount; row++) AddTexts(first + row, _columns[i].Name, text.NameOf(cells, row));
                }
            }
        }
        for (int i = 0; i < _columns.Length; i++) AddNumbers(_columns[i], numbers[i]);
        Interactions values = Interactions.Of([.. _rows], [.. _items], [.. _values], _names.Count, _features.Count, (_, last) => last);
        return new SideTable(new NameTable(_names.Keys), new NameTable(_features.Keys), values);
    }

    private void AddName(string name)
    {
        if (name.Length == 0) throw new MLPipelinesException($"{_source}: row {_names.Count}, column '{_name.Name}' is empty, expected a name.");
        if (!_names.TryAdd(name, _names.Count)) throw new MLPipelinesException($"{_source}: row {_names.Count}, column '{_name.Name}': '{name}' comes twice, expected one row for each.");
    }

    private void AddTexts(int row, string column, string cell)
    {
        foreach (string text in cell.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) Add(row, $"{column}={text}", 1);
    }

    /// <summary>Missing numbers are like the mean; a column of one number says nothing.</summary>
    private void AddNumbers(DataViewSchema.Column column, List<float> numbers)
    {
        bool isTruth = column.Type is BooleanDataViewType;
        float[] known = [.. numbers.Where(float.IsFinite)];
        if (known.Length == 0) return;
        double mean = isTruth ? 0 : known.Average(number => (double)number), deviation = isTruth ? 1 : Math.Sqrt(known.Average(number => (number - mean) * (number - mean)));
        for (int row = 0; row < numbers.Count && deviation > 0; row++)
        {
            if (float.IsFinite(numbers[row]) && numbers[row] != mean) Add(row, column.Name, (float)((numbers[row] - mean) / deviation));
        }
    }

    private void Add(int row, string feature, float value)
    {
        if (!_features.TryGetValue(feature, out int number)) _features[feature] = number = _features.Count;
        _rows.Add(row);
        _items.Add(number);
        _values.Add(value);
    }
}
