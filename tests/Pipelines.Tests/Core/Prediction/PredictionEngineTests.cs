using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Trainers;
using MLPipelines.Transforms.Text;

namespace MLPipelines.Tests.Core.Prediction;

public class PredictionEngineTests
{
    private static readonly MLContext Context = new(seed: 1);

    public sealed class Ticket
    {
        public string Text { get; set; } = "";
    }

    public sealed record TicketRecord(string Text, int Unused = 3);

    public sealed class Topic
    {
        public string PredictedLabel { get; set; } = "";

        public float[]? Score { get; set; }

        public double Extra { get; set; } = 7;
    }

    public sealed class KeyAndScore
    {
        [ColumnName("Key")]
        public uint Label { get; set; }

        public float[]? Score { get; set; }
    }

    private static readonly string[] Texts =
    [
        "money back", "where is my parcel", "refund my money", "the parcel is late", "", "退款 😡", "parcel parcel parcel", "money", new string('x', 5000), "Money Back!",
    ];

    private static readonly ITransformer Model = Learn();

    private static EstimatorChain<ITransformer> Chain() => Context.Transforms.Conversion.MapValueToKey("Label", "Category")
        .Append(Context.Transforms.Text.VectorizeText("Features", new TextVectorizingOptions { MinimumDocumentCount = 1 }, "Text"))
        .Append(Context.MulticlassClassification.Trainers.LinearSvm(options: new LinearSvmMulticlassOptions { InverseTemperature = 2 }))
        .Append(Context.Transforms.CopyColumns("Key", "PredictedLabel"))
        .Append<ITransformer>(Context.Transforms.Conversion.MapKeyToValue("PredictedLabel"));

    /// <summary>The part of the chain that needs no label.</summary>
    private static TransformerChain<ITransformer> Learn()
    {
        MemoryView data = new MemoryView().AddText("Text", Texts).AddText("Category", [.. Texts.Select(text => text.Contains("parcel", StringComparison.Ordinal) ? "delivery" : text.Contains("oney", StringComparison.Ordinal) ? "refund" : "other")]);
        return new TransformerChain<ITransformer>(Chain().Fit(data).Skip(1));
    }

    private static (string Label, float[] Score)[] InOneGo()
    {
        IDataView scored = Model.Transform(new MemoryView().AddText("Text", Texts));
        float[][] scores = ViewContents.Vectors<float>(scored, "Score");
        return [.. ViewContents.Texts(scored, "PredictedLabel").Select((label, i) => (label, scores[i]))];
    }

    [Fact]
    public void One_at_a_time_gives_what_all_in_one_go_give()
    {
        var engine = Context.Model.CreatePredictionEngine<Ticket, Topic>(Model);
        var records = Context.Model.CreatePredictionEngine<TicketRecord, Topic>(Model);
        var expected = InOneGo();
        for (int i = 0; i < Texts.Length; i++)
        {
            Topic topic = engine.Predict(new Ticket { Text = Texts[i] });
            Assert.Equal(expected[i].Label, topic.PredictedLabel);
            Assert.Equal(expected[i].Score, topic.Score);
            Assert.Equal(7, topic.Extra);
            Assert.Equal(expected[i].Score, records.Predict(new TicketRecord(Texts[i])).Score);
        }
        Assert.NotNull(engine.OutputSchema.GetColumnOrNull("Features"));
    }

    [Fact]
    public void A_null_text_is_an_empty_one() =>
        Assert.Equal(InOneGo()[4].Score, Context.Model.CreatePredictionEngine<Ticket, Topic>(Model).Predict(new Ticket { Text = null! }).Score);

    [Fact]
    public void An_object_that_is_given_is_filled_and_its_arrays_are_reused()
    {
        var engine = Context.Model.CreatePredictionEngine<Ticket, Topic>(Model);
        Topic topic = engine.Predict(new Ticket { Text = Texts[0] }), same = topic;
        float[] scores = topic.Score!;
        engine.Predict(new Ticket { Text = Texts[1] }, ref topic);
        Assert.Same(same, topic);
        Assert.Same(scores, topic.Score);
        Assert.Equal(InOneGo()[1].Score, topic.Score);
        topic.Score = new float[1];
        engine.Predict(new Ticket { Text = Texts[2] }, ref topic);
        Assert.Equal(InOneGo()[2].Score, topic.Score);
        Topic? none = null;
        engine.Predict(new Ticket { Text = Texts[2] }, ref none!);
        Assert.Equal(InOneGo()[2].Label, none.PredictedLabel);
    }

    [Fact]
    public void The_columns_can_have_the_types_of_a_schema()
    {
        var schema = new MemoryView().AddText("Text", "").AddText("Category", "").Schema;
        var engine = Context.Model.CreatePredictionEngine<Ticket, Topic>(Model, schema);
        Assert.Equal(InOneGo()[1].Score, engine.Predict(new Ticket { Text = Texts[1] }).Score);
    }

    [Fact]
    public void A_member_that_the_model_gives_nothing_for_is_left_out_or_an_error()
    {
        Assert.Equal(7, Context.Model.CreatePredictionEngine<Ticket, Topic>(Model, ignoreMissingColumns: true).Predict(new Ticket()).Extra);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Context.Model.CreatePredictionEngine<Ticket, Topic>(Model, ignoreMissingColumns: false));
        Assert.Contains("'Extra' not found", error.Message, StringComparison.Ordinal);
    }

    public sealed class NoText
    {
        public float Number { get; set; }
    }

    public sealed class WrongTopic
    {
        public float PredictedLabel { get; set; }
    }

    [Fact]
    public void What_does_not_fit_is_found_when_the_engine_is_made()
    {
        Assert.Contains("column 'Text' not found", Assert.Throws<ArgumentOutOfRangeException>(() => Context.Model.CreatePredictionEngine<NoText, Topic>(Model)).Message, StringComparison.Ordinal);
        Assert.Contains("PredictedLabel", Assert.Throws<InvalidOperationException>(() => Context.Model.CreatePredictionEngine<Ticket, WrongTopic>(Model)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => Context.Model.CreatePredictionEngine<Ticket, Topic>(null!));
        Assert.Throws<ArgumentNullException>(() => Context.Model.CreatePredictionEngine<Ticket, Topic>(Model).Predict(null!));
    }

    [Fact]
    public void Eight_threads_get_the_answers_of_one()
    {
        var engine = Context.Model.CreatePredictionEngine<Ticket, Topic>(Model);
        var expected = InOneGo();
        var threads = Enumerable.Range(0, 8).Select(t => new Thread(() =>
        {
            for (int i = 0; i < 2000; i++)
            {
                int which = (i * 7 + t) % Texts.Length;
                Topic topic = engine.Predict(new Ticket { Text = Texts[which] });
                if (topic.PredictedLabel != expected[which].Label || !topic.Score!.AsSpan().SequenceEqual(expected[which].Score)) Interlocked.Increment(ref _wrong);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.Equal(0, _wrong);
    }

    private int _wrong;

    [Fact]
    public void In_steady_state_nothing_is_allocated_but_the_result()
    {
        var engine = Context.Model.CreatePredictionEngine<Ticket, KeyAndScore>(Model);
        var tickets = Texts.Select(text => new Ticket { Text = text }).ToArray();
        var result = new KeyAndScore();
        // Code that was not yet optimized boxes a value here and there: it is run until the optimized code has taken over.
        for (int pause = 0; pause < 200 && Allocation.Of(() => engine.Predict(tickets[1], ref result)) > 0; pause++) Thread.Sleep(20);
        Assert.Equal(0, Allocation.Of(() => engine.Predict(tickets[1], ref result)));
        engine.Predict(tickets[1]);
        // A new object (head, reference, key) and its array of three scores (head, length, values), each rounded up to 8 bytes.
        Assert.Equal(100 * (32 + 40), Allocation.Of(() => engine.Predict(tickets[1])));
    }

    public sealed class Vectors
    {
        [VectorType(2)]
        public float[]? A { get; set; }

        public string? B { get; set; }
    }

    public sealed class Joined
    {
        public float[]? Both { get; set; }

        public string? B { get; set; }
    }

    [Fact]
    public void A_call_that_fails_does_not_spoil_the_next()
    {
        IDataView data = Context.Data.LoadFromEnumerable(new[] { new Vectors { A = [1, 2], B = "b" } });
        var model = Context.Transforms.Concatenate("Both", "A", "A").Fit(data);
        var engine = Context.Model.CreatePredictionEngine<Vectors, Joined>(model);
        for (int i = 0; i < 3; i++)
        {
            var error = Assert.Throws<MLPipelinesException>(() => engine.Predict(new Vectors { A = [1, 2, 3], B = "wrong" }));
            Assert.Contains("Vectors.A: found a vector of 3 items, expected 2", error.Message, StringComparison.Ordinal);
            Joined joined = engine.Predict(new Vectors { A = [i, 2], B = "right" });
            Assert.Equal([i, 2, i, 2], joined.Both!);
            Assert.Equal("right", joined.B);
        }
    }

    /// <summary>Fails on rows whose number is negative, half way through.</summary>
    private sealed class Moody : RowToRowTransformer
    {
        public override string TypeId => "moody";

        protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input)
        {
            int source = Require(input, "Number").Index;
            return [new OutputColumn("Twice", NumberDataViewType.Single, null, [source], () =>
            {
                var column = new ValueColumn<float>();
                return batch =>
                {
                    float number = ((ValueColumn<float>)batch[source]).Values[0];
                    column.Append(number * 2);
                    if (number < 0) throw new MLPipelinesException("no");
                    column.Clear();
                    column.Append(number * 2);
                    return column;
                };
            })];
        }

        public override void Save(ModelStepWriter writer) => throw new NotSupportedException();
    }

    public sealed class Doubled
    {
        public float Twice { get; set; }
    }

    [Fact]
    public void A_step_that_fails_half_way_does_not_spoil_the_next_call()
    {
        var engine = Context.Model.CreatePredictionEngine<NoText, Doubled>(new Moody());
        var rows = Context.Model.CreatePredictionEngine(new Moody(), new MemoryView().Add("Number", 0f).Schema);
        Parallel.For(0, 100, i =>
        {
            Assert.Throws<MLPipelinesException>(() => engine.Predict(new NoText { Number = -1 }));
            Assert.Equal(2 * i, engine.Predict(new NoText { Number = i }).Twice);
            Assert.Throws<MLPipelinesException>(() => rows.Predict(new Dictionary<string, object?> { ["Number"] = -1 }));
            Assert.Equal(2f * i, rows.Predict(new Dictionary<string, object?> { ["Number"] = i })["Twice"]);
        });
    }
}
