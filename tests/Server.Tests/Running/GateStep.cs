using System.Collections.Concurrent;
using MLPipelines.Data;
using MLPipelines.Persistence;

namespace MLPipelines.Server.Tests;

/// <summary>A model whose scores, the lengths of texts, come when a test lets them.</summary>
internal sealed class GateStep(string key) : RowToRowTransformer
{
    private const string Kind = "test-gate";

    private static readonly ConcurrentDictionary<string, Gate> Gates = new(StringComparer.Ordinal);

    static GateStep() => ModelStepTable.Register(new ModelStepKind(Kind, 1, reader => new GateStep(reader.GetString("key"))));

    public override string TypeId => Kind;

    /// <summary>Saves a model, and gives what holds it up.</summary>
    internal static Gate Save(string path)
    {
        string key = Guid.NewGuid().ToString("n");
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("text", TextDataViewType.Instance);
        new MLContext(1).Model.Save(new GateStep(key), schema.ToSchema(), path);
        return Gates[key] = new Gate();
    }

    public override void Save(ModelStepWriter writer) => writer.Set("key", key);

    protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input)
    {
        int text = Require(input, "text").Index;
        return [new OutputColumn("Score", NumberDataViewType.Single, null, [text], () =>
        {
            var scores = new ValueColumn<float>();
            return batch =>
            {
                Gates[key].Pass(batch.RowCount);
                var texts = (TextColumn)batch[text];
                Span<float> values = scores.Resize(batch.RowCount);
                for (int row = 0; row < values.Length; row++)
                {
                    if (texts[row] is "bad") throw new MLPipelinesException("this text cannot be scored.");
                    values[row] = texts[row].Length;
                }
                return scores;
            };
        })];
    }
}

/// <summary>Holds up a model, and remembers how many rows came at a time.</summary>
internal sealed class Gate
{
    private volatile TaskCompletionSource _open = Opened();

    internal ConcurrentQueue<int> Batches { get; } = new();

    /// <summary>How many batches are held up.</summary>
    internal int Held => _held;

    private int _held;

    internal void Close()
    {
        Batches.Clear();
        _open = new TaskCompletionSource();
    }

    internal void Open() => _open.SetResult();

    internal void Pass(int rows)
    {
        Batches.Enqueue(rows);
        Interlocked.Increment(ref _held);
        try
        {
            Assert.True(_open.Task.Wait(TimeSpan.FromSeconds(60)));
        }
        finally
        {
            Interlocked.Decrement(ref _held);
        }
    }

    private static TaskCompletionSource Opened()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }
}
