using System.Data;
using System.Data.Common;
using System.Globalization;

namespace MLPipelines.Data;

/// <summary>Reads the rows of a query a batch at a time into columns that it uses again for the next batch.</summary>
internal sealed class DatabaseCursor : BatchCursor
{
    private readonly DatabaseLoader _loader;
    private readonly DatabaseSource _source;
    private readonly (int Index, DatabaseFieldReader Reader)[] _readers;
    private readonly TextColumn[] _texts;
    private readonly Batch _batch;

    private DbConnection? _connection;
    private DbCommand? _command;
    private DbDataReader? _rows;
    private long _total;
    private bool _ended;

    internal DatabaseCursor(DatabaseLoader loader, DatabaseSource source, ColumnSet columns)
    {
        (_loader, _source) = (loader, source);
        _readers = [.. columns.Indices().Select(index => (index, DatabaseFieldReader.Create(loader.Columns[index])))];
        _texts = [.. _readers.Select(pair => pair.Reader.Column).OfType<TextColumn>()];
        _batch = new Batch(columns.Count);
        foreach (var (index, reader) in _readers) _batch[index] = reader.Column;
    }

    public override Batch? Next()
    {
        _loader.Environment.CancellationToken.ThrowIfCancellationRequested();
        foreach (var (_, reader) in _readers) reader.Column.Clear();
        int rows = 0;
        for (; rows < Batch.DefaultRowCount && !HasLongTexts() && MoveNext(); rows++)
        {
            foreach (var (index, reader) in _readers)
            {
                int failed = reader.Read(_rows!);
                if (failed != DatabaseFieldReader.Done) throw Unconvertible(_loader.Columns[index], failed, _total + rows + 1);
            }
        }
        (_batch.RowCount, _batch.FirstRow) = (rows, _total);
        _total += rows;
        return rows > 0 ? _batch : null;
    }

    // A batch ends early when its texts are this long, so that long texts do not make it large.
    private bool HasLongTexts()
    {
        int characters = 0;
        foreach (TextColumn text in _texts) characters += text.CharacterCount;
        return characters >= TextCursor.LongestBatch;
    }

    private bool MoveNext()
    {
        if (_ended) return false;
        if (_rows is null) Open();
        try
        {
            _ended = !_rows!.Read();
        }
        catch (DbException e)
        {
            throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture, $"{_source.Name} ended after row {_total}: {e.Message}"), e);
        }
        return !_ended;
    }

    private void Open()
    {
        _connection = _source.ProviderFactory.CreateConnection()
            ?? throw new MLPipelinesException($"{_source.ProviderFactory.GetType().Name} makes no connections: it is no driver of a database.");
        try
        {
            _connection.ConnectionString = _source.ConnectionString;
            _connection.Open();
        }
        catch (Exception e) when (e is DbException or ArgumentException or FormatException or TimeoutException or InvalidOperationException)
        {
            // The connection string may hold a password: it is in no message.
            throw new MLPipelinesException($"The database cannot be opened by {_source.ProviderFactory.GetType().Name}: {e.Message} Check the connection string.", e);
        }
        _command = _connection.CreateCommand();
        _command.CommandText = _source.CommandText;
        _command.CommandTimeout = _source.CommandTimeoutInSeconds;
        try
        {
            _rows = _command.ExecuteReader(CommandBehavior.SingleResult);
        }
        catch (Exception e) when (e is DbException or TimeoutException)
        {
            throw new MLPipelinesException($"{_source.Name} failed: {e.Message}", e);
        }
        string[] fields = new string[_rows.FieldCount];
        if (fields.Length == 0) throw new MLPipelinesException($"{_source.Name} gives no fields: expected a query such as SELECT * FROM table.");
        for (int i = 0; i < fields.Length; i++) fields[i] = _rows.GetName(i);
        foreach (var (index, reader) in _readers) reader.Bind(_loader.Columns[index].Resolve(fields, _source.Name));
    }

    private MLPipelinesException Unconvertible(DatabaseColumn column, int field, long row)
    {
        string name = _rows!.GetName(field), place = string.Create(CultureInfo.InvariantCulture, $"{_source.Name} row {row}, column \"{column.Name}\"{(name == column.Name ? "" : $" (field \"{name}\")")}");
        string expected = column.ItemType is KeyDataViewType key ? $"a category number from 1 to {key.Count.ToString(CultureInfo.InvariantCulture)}" : TextFileErrors.Expected(column.ItemType);
        object value = DatabaseFieldReader.ValueOf(_rows, field);
        if (value is DBNull)
        {
            return new($"{place}: found NULL, expected {expected}. {column.ItemType} has no missing value: "
                + "load the column as DbType.Single, where NULL is NaN, or replace NULL in the query (COALESCE).");
        }
        string shown = value is byte[] bytes ? string.Create(CultureInfo.InvariantCulture, $"{bytes.Length} bytes") : TextFileErrors.Shown(Convert.ToString(value, CultureInfo.InvariantCulture));
        return new($"{place}: found {shown} ({_rows.GetDataTypeName(field)}), expected {expected}.");
    }

    protected override void Dispose(bool disposing)
    {
        // Closing a reader would read what is left of its rows; cancelling the query first makes leaving early cheap.
        if (_rows is not null && !_ended) _command!.Cancel();
        _rows?.Dispose();
        _command?.Dispose();
        _connection?.Dispose();
    }
}
