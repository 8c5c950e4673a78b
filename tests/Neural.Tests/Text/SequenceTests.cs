using MLPipelines.Neural.Text;
using MLPipelines.Neural.Transformers;
using MLPipelines.Tensors;
using MLPipelines.Tokenizers;

namespace MLPipelines.Neural.Tests.Text;

public class SequenceTests
{
    private static readonly BertTokenizer Bert = BertTokenizer.Create(new MemoryStream("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\nb\nc\n"u8.ToArray()));
    private static readonly BpeTokenizer Roberta = BpeTokenizer.Train(BpeTokenizerTests.Corpus, new TokenizerTrainingOptions { VocabularySize = 261 });

    [Fact]
    public void One_text_is_between_start_and_end()
    {
        var builder = new SequenceBuilder(Bert, 8);
        builder.Build("a b  c");
        Assert.Equal([2, 5, 6, 7, 3], builder.Ids.ToArray());
        Assert.Equal([0, 0, 2, 5, 0], builder.Starts.ToArray());
        Assert.Equal(5, builder.SegmentStart);
        Assert.Equal(1..4, builder.First);
        Assert.False(builder.IsTruncated);
    }

    [Fact]
    public void Two_texts_have_one_end_between_them_in_BERT_and_two_in_RoBERTa()
    {
        var builder = new SequenceBuilder(Bert, 8);
        builder.Build("a b", "c");
        Assert.Equal([2, 5, 6, 3, 7, 3], builder.Ids.ToArray());
        Assert.Equal((4, 4..5), (builder.SegmentStart, builder.Second));

        builder = new SequenceBuilder(Roberta, 9);
        builder.Build("x", "y");
        Assert.Equal([0, Roberta.IdOf("x")!.Value, 2, 2, Roberta.IdOf("y")!.Value, 2], builder.Ids.ToArray());
        Assert.Equal(6, builder.SegmentStart);
    }

    [Theory]
    [InlineData(2, 9, 7, 2, 5)]
    [InlineData(9, 2, 7, 5, 2)]
    [InlineData(9, 9, 7, 4, 3)]
    [InlineData(4, 4, 7, 4, 3)]
    [InlineData(3, 4, 7, 3, 4)]
    [InlineData(0, 9, 7, 0, 7)]
    public void The_longer_text_is_cut(int first, int second, int room, int keptFirst, int keptSecond)
    {
        Assert.Equal((keptFirst, keptSecond), SequenceBuilder.Divide(first, second, room));
        (int a, int b) = (first, second);
        while (a + b > room) (a, b) = a > b ? (a - 1, b) : (a, b - 1);
        Assert.Equal((a, b), (keptFirst, keptSecond));
        var builder = new SequenceBuilder(Bert, room + 3);
        builder.Build(string.Concat(Enumerable.Repeat("a ", first)), string.Concat(Enumerable.Repeat("b ", second)));
        Assert.Equal((keptFirst, keptSecond), (builder.Ids.ToArray().Count(id => id == 5), builder.Ids.ToArray().Count(id => id == 6)));
        Assert.Equal(first + second > room, builder.IsTruncated);
    }

    [Fact]
    public void Shorter_sequences_of_a_batch_end_in_padding()
    {
        var builder = new SequenceBuilder(Bert, 8);
        var batch = new SequenceBatch(Bert);
        using var step = new Step();
        for (int round = 0; round < 2; round++)
        {
            batch.Clear();
            builder.Build("a", "b");
            batch.Add(builder);
            builder.Build("c");
            batch.Add(builder);
            TokenBatch tokens = batch.Build();
            Assert.Equal([2, 5, 3, 6, 3, 2, 7, 3, 0, 0], tokens.Ids.ToIndices());
            Assert.Equal([1, 1, 1, 1, 1, 1, 1, 1, 0, 0], tokens.Present.ToArray());
            Assert.Equal([0, 0, 0, 1, 1, 0, 0, 0, 0, 0], tokens.Segments.ToIndices());
        }
        batch.Clear();
        builder.Build("c");
        batch.Add(builder);
        TokenBatch single = batch.Build();
        Assert.True(single.Present.IsNone && single.Segments.IsNone);
        Assert.Equal([2, 7, 3, 0], batch.Build(length: 4).Ids.ToIndices());
    }

    [Fact]
    public void Nothing_is_allocated_for_the_second_batch()
    {
        var (builder, batch) = (new SequenceBuilder(Bert, 8), new SequenceBatch(Bert));
        Fill(builder, batch);
        Fill(builder, batch);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Fill(builder, batch);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Fill(SequenceBuilder builder, SequenceBatch batch)
    {
        batch.Clear();
        foreach (string text in (ReadOnlySpan<string>)["a b c", "c", "a a a a a a a a a a"])
        {
            builder.Build(text, "b c");
            batch.Add(builder);
        }
        using var step = new Step();
        batch.Build();
    }
}
