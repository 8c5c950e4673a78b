using System.Globalization;
using MLPipelines.Data;
using MLPipelines.Recommendation;

namespace MLPipelines.Cli.Input;

/// <summary>Reads files of events, and remembers in model files how they were read.</summary>
internal static class EventFile
{
    /// <summary>The options with the columns that were left open filled in.</summary>
    /// <exception cref="UsageException">The users or items are in no column that is called so.</exception>
    internal static EventOptions Complete(DataFile file, EventOptions options)
    {
        if ((options.UserColumn ?? EventColumns.User(file.Columns)) is null) throw new UsageException($"--user-col is needed: the column of users. {file.Listing()}");
        if ((options.ItemColumn ?? EventColumns.Item(file.Columns)) is null) throw new UsageException($"--item-col is needed: the column of items. {file.Listing()}");
        return EventColumns.Complete(options, file.Columns);
    }

    /// <summary>The columns as text: nothing is lost of ids, and messages say what stands in the file.</summary>
    internal static IDataView View(MLContext context, DataFile file, EventOptions options) =>
        file.Load(context, [.. options.Columns.Select(name => file.Column(file.IndexOf(name, "--dataset"), DataKind.String, name))]);

    internal static EventLog Read(MLContext context, DataFile file, EventOptions options, CancellationToken cancellation) =>
        EventLog.Read(View(context, file, options), options with { Source = file.Name, FirstRow = file.HasHeader ? 2 : 1, DecimalMark = file.DecimalMark }, cancellation);

    /// <summary>How events are read, for the model file.</summary>
    internal static Dictionary<string, string> Properties(EventOptions options)
    {
        var properties = new Dictionary<string, string> { ["feedback"] = options.Feedback == FeedbackKind.Explicit ? "explicit" : "implicit" };
        if (options.RatingColumn is { } rating) properties["ratingColumn"] = rating;
        if (options.EventColumn is { } type) properties["eventColumn"] = type;
        if (options.EventWeights.Count > 0) properties["eventWeights"] = string.Join(',', options.EventWeights.Select(weight => string.Create(CultureInfo.InvariantCulture, $"{weight.Key}={weight.Value}")));
        return properties;
    }

    /// <summary>How the events were read that a model learned from.</summary>
    internal static EventOptions Options(Recommender model, TrainingRecord? record)
    {
        IReadOnlyDictionary<string, string> properties = record?.Properties ?? new Dictionary<string, string>();
        return new EventOptions
        {
            UserColumn = model.Columns.User,
            ItemColumn = model.Columns.Item,
            RatingColumn = properties.GetValueOrDefault("ratingColumn", ""),
            EventColumn = properties.GetValueOrDefault("eventColumn", ""),
            TimeColumn = "",
            Feedback = properties.GetValueOrDefault("feedback") == "explicit" ? FeedbackKind.Explicit : FeedbackKind.Implicit,
            EventWeights = properties.GetValueOrDefault("eventWeights", "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split('='))
                .ToDictionary(parts => parts[0], parts => float.Parse(parts[1], CultureInfo.InvariantCulture)),
        };
    }
}
