using MLPipelines.Cli.Input;
using MLPipelines.Cli.Output;
using MLPipelines.Data;
using MLPipelines.Recommendation;

namespace MLPipelines.Cli.Apply;

/// <summary><c>mlp recommend</c>: lists of items as CSV, for users in runs of a few thousand, so that memory does not grow with their file.</summary>
internal sealed class RecommendationListing(CommandHost host, string modelPath)
{
    private const int ItemsExplained = 3;

    internal string? User { get; init; }

    internal string? Users { get; init; }

    internal string? Basket { get; init; }

    internal string? SimilarTo { get; init; }

    internal required int Count { get; init; }

    internal bool IncludesSeen { get; init; }

    internal bool Explains { get; init; }

    internal required string Output { get; init; }

    internal InputFormat Format { get; init; } = new();

    internal int Run()
    {
        if (new[] { User, Users, Basket, SimilarTo }.Count(given => given is not null) != 1)
            throw new UsageException("Say whom or what to recommend for: one of --user ID, --users FILE, --basket A,B, --similar-to ITEM. See 'mlp recommend --help'.");
        if ((IncludesSeen || Explains) && (Basket ?? SimilarTo) is not null) throw new UsageException($"{(Explains ? "--explain" : "--include-seen")}: that is for users, not for a basket or an item.");
        var context = new MLContext(1) { CancellationToken = host.Cancellation };
        Recommender model = RecommendationModel.Of(context.Model.Load(modelPath, out _))
            ?? throw new UsageException($"{modelPath} is no recommender: 'mlp train recommendation' makes one. 'mlp predict' applies other models.");
        using var target = new OutputFile(Output, host);
        using (var writer = new DelimitedWriter(target.Stream, Format.Separator ?? ',', leaveOpen: true))
        {
            if (Basket is not null) WriteAlone(writer, model.RecommendForBasket(KnownBasket(model, Basket), Count));
            else if (SimilarTo is not null) WriteAlone(writer, model.SimilarItems(KnownItem(model, SimilarTo), Count));
            else WriteUsers(writer, model, context);
        }
        host.Cancellation.ThrowIfCancellationRequested();
        target.Complete();
        return Faults.Success;
    }

    private void WriteUsers(DelimitedWriter writer, Recommender model, MLContext context)
    {
        writer.WriteRow(["user", "rank", "item", "score", .. Explains ? ["because"] : Array.Empty<string>()]);
        long users = 0, unknown = 0;
        foreach (string[] run in User is not null ? [[User]] : Runs(model, context))
        {
            host.Cancellation.ThrowIfCancellationRequested();
            IReadOnlyList<RecommendedItem>[] lists = model.Recommend(run, Count, !IncludesSeen);
            for (int i = 0; i < run.Length; i++)
            {
                if (model.Seen.Users.Find(run[i]) < 0) unknown++;
                Write(writer, model, run[i], lists[i]);
            }
            users += run.Length;
        }
        if (users == 0) throw new MLPipelinesException($"{(Users == "-" ? "Standard input" : Users)} has no users.");
        if (unknown > 0) host.Error.WriteLine(users == 1 ? $"{modelPath} does not know '{User ?? "the user"}': the most popular items." : $"{Figures.Count(unknown)} of {Figures.Count(users, "user")} unknown to {modelPath}: the most popular items.");
    }

    private void Write(DelimitedWriter writer, Recommender model, string user, IReadOnlyList<RecommendedItem> list)
    {
        for (int rank = 0; rank < list.Count; rank++)
        {
            writer.WriteField(user);
            writer.WriteField(rank + 1);
            writer.WriteField(list[rank].Item);
            writer.WriteField(list[rank].Score);
            if (Explains) writer.WriteField(string.Join("; ", model.Explain(user, list[rank].Item).Where(share => share.Score > 0).Take(ItemsExplained).Select(share => share.Item)));
            writer.EndRow();
        }
    }

    private static void WriteAlone(DelimitedWriter writer, IReadOnlyList<RecommendedItem> list)
    {
        writer.WriteRow("rank", "item", "score");
        for (int rank = 0; rank < list.Count; rank++)
        {
            writer.WriteField(rank + 1);
            writer.WriteField(list[rank].Item);
            writer.WriteField(list[rank].Score);
            writer.EndRow();
        }
    }

    /// <summary>The users of a file, a batch at a time.</summary>
    private IEnumerable<string[]> Runs(Recommender model, MLContext context)
    {
        if (Directory.Exists(Users)) throw new UsageException($"--users: {Users} is a folder, expected a file.");
        DataFile file = DataFile.Open(Users!, Format, host, model.Columns.User);
        // A list has one column, whatever it is called.
        int column = file.Columns.Count == 1 ? 0 : file.Find(model.Columns.User) ?? throw new UsageException(
            $"--users: {file.Name} has no column '{model.Columns.User}', which {modelPath} knows users by.{NearNames.Hint(model.Columns.User, file.Columns)} {file.Listing()}");
        BatchView view = BatchView.Of(file.Load(context, file.Column(column, DataKind.String, model.Columns.User)));
        using BatchCursor cursor = view.OpenBatches(ColumnSet.All(view.Schema));
        while (cursor.Next() is { } batch)
        {
            var names = (TextColumn)batch[0];
            yield return [.. Enumerable.Range(0, batch.RowCount).Select(row => names[row].ToString()).Where(name => !string.IsNullOrWhiteSpace(name))];
        }
    }

    private List<string> KnownBasket(Recommender model, string basket)
    {
        if (model.Seen.Items.Find(basket) >= 0) return [basket];
        List<string> known = [];
        foreach (string item in Commands.OptionParsing.List(basket))
        {
            if (model.Seen.Items.Find(item) >= 0) known.Add(item);
            else host.Error.WriteLine($"{modelPath} does not know the item '{item}'.{NearNames.Hint(item, model.Items)}");
        }
        if (known.Count == 0) host.Error.WriteLine("Nothing of the basket is known: the most popular items.");
        return known;
    }

    private string KnownItem(Recommender model, string item) => model.Seen.Items.Find(item) >= 0 ? item
        : throw new UsageException($"--similar-to: {modelPath} does not know the item '{item}'.{NearNames.Hint(item, model.Items)}");
}
