using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MLPipelines.Data;

namespace MLPipelines.Persistence.MLNet;

/// <summary>A model file of ML.NET, read as a chain of our transformers. Nothing in it is run, and no name in it chooses what runs but by the tables of readers.</summary>
internal sealed class MLNetModel
{
    private const string ChainFolder = "TransformerChain", LoaderFolder = "DataLoaderModel", PredictorFolder = "Predictor", SchemaEntry = "Schema";

    private MLNetModel(ITransformer model, DataViewSchema input, string? labelColumn) => (Model, Input, LabelColumn) = (model, input, labelColumn);

    internal ITransformer Model { get; }

    internal DataViewSchema Input { get; }

    internal string? LabelColumn { get; }

    /// <exception cref="MLPipelinesException">The file is damaged, or holds a component that is not read; the message names it.</exception>
    internal static MLNetModel Load(ComponentArchive archive)
    {
        ChainBuilder chain = Read(archive);
        DataViewSchema input = chain.ToInputSchema();
        ITransformer model = chain.Steps.Count == 1 ? chain.Steps[0] : new TransformerChain<ITransformer>(chain.Steps);
        try
        {
            if (input.Count > 0) model.GetOutputSchema(input);
        }
        catch (Exception e) when (ModelFileReader.IsAboutContent(e) || e is MLPipelinesException)
        {
            // Columns that a file does not list are guessed at; a guess that does not fit is no fault of the file.
            if (chain.Input is not null) throw new MLPipelinesException($"{archive.Source}: the steps of the model do not fit each other or its input: {e.Message}", e);
        }
        return new MLNetModel(model, input, chain.LabelColumn);
    }

    private static ChainBuilder Read(ComponentArchive archive)
    {
        try
        {
            if (Component.OpenOrNull(archive, ChainFolder) is { } root)
            {
                var chain = new ChainBuilder(SchemaOf(archive));
                chain.Read(root);
                return chain;
            }
            return ReadOld(archive);
        }
        catch (Exception e) when (ModelFileReader.IsAboutContent(e))
        {
            throw new MLPipelinesException($"{archive.Source} cannot be loaded: {e.Message}", e);
        }
    }

    /// <summary>Before there were chains: a loader with steps after it, and a model beside it. Either may be absent.</summary>
    internal static ChainBuilder ReadOld(ComponentArchive archive)
    {
        Component? loader = Component.OpenOrNull(archive, LoaderFolder), predictor = Component.OpenOrNull(archive, PredictorFolder);
        if (loader is null && predictor is null) throw new MLPipelinesException($"{archive.Source}: there is neither a component {ChainFolder} nor {LoaderFolder} nor {PredictorFolder}.");
        bool hasSteps = loader?.Header.Loader == "PipeDataLoader";
        var chain = new ChainBuilder(loader is null ? null : SchemaReaders.Read(hasSteps ? loader.Inner("Loader") : loader));
        if (hasSteps) chain.Read(loader!);
        if (predictor is null) return chain;
        Dictionary<string, string> roles = Roles(archive);
        chain.LabelColumn ??= roles.GetValueOrDefault("Label");
        if (EnsembleReader.Table.Find(predictor) is { } readEnsemble) readEnsemble(predictor, predictor.OpenPayload(), chain);
        else ScorerReaders.Add(chain, ComponentTables.ReadModel(predictor), roles.GetValueOrDefault("Feature", "Features"));
        return chain;
    }

    /// <summary>What columns are for: lines of a role and a column, between which is a tab, after comments and a line of titles.</summary>
    private static Dictionary<string, string> Roles(ComponentArchive archive)
    {
        const string entry = "TrainingInfo/RoleMapping.txt";
        var roles = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!archive.Has(entry)) return roles;
        foreach (string line in Encoding.UTF8.GetString(archive.Read(entry)).Split('\n').Where(line => !line.StartsWith('#')).Skip(1))
            if (line.TrimEnd('\r').Split('\t') is [var role, var column] && column.Length > 0) roles[role.Trim('"')] = column.Trim('"');
        return roles;
    }

    /// <summary>What the file says of itself; every component is listed, whether it is read or not.</summary>
    internal static ModelManifest Describe(ComponentArchive archive)
    {
        DataViewSchema? input = null, output = null;
        string? problem = null, label = null;
        try
        {
            MLNetModel model = Load(archive);
            (input, label) = (model.Input, model.LabelColumn);
            output = model.Model.GetOutputSchema(input);
        }
        catch (Exception e) when (e is MLPipelinesException || ModelFileReader.IsAboutContent(e))
        {
            problem = e.Message;
            input ??= StatedInput(archive);
        }
        return new ModelManifest
        {
            Format = ModelManifest.MLNetFormat,
            Library = $"ML.NET {archive.WriterVersion ?? "(version not stated)"}",
            Input = input is null ? [] : ModelSchema.Describe(input),
            Output = output is null ? [] : ModelSchema.Describe(output),
            Chain = [.. archive.Folders.Select(folder => Step(archive, folder))],
            Training = label is null && problem is null ? null : new TrainingRecord { Properties = Facts(label, problem) },
            Entries = [.. archive.Entries.Select(entry => new ModelManifest.FileEntry(entry.Name, entry.Bytes, ""))],
        };
    }

    private static Dictionary<string, string> Facts(string? label, string? problem)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (label is not null) facts["labelColumn"] = label;
        if (problem is not null) facts["problem"] = problem;
        return facts;
    }

    /// <summary>The columns that the file states, of a model that cannot be loaded.</summary>
    private static DataViewSchema? StatedInput(ComponentArchive archive)
    {
        try
        {
            if (SchemaOf(archive) is { } schema) return schema;
            Component? loader = Component.OpenOrNull(archive, LoaderFolder);
            return loader is null ? null : SchemaReaders.Read(loader.InnerOrNull("Loader") ?? loader);
        }
        catch (Exception e) when (e is MLPipelinesException || ModelFileReader.IsAboutContent(e))
        {
            return null;
        }
    }

    private static DataViewSchema? SchemaOf(ComponentArchive archive) =>
        archive.Has(SchemaEntry) ? EmbeddedData.Open(archive.Read(SchemaEntry), $"{archive.Source}: entry '{SchemaEntry}'").Schema : null;

    private static ModelManifest.StepEntry Step(ComponentArchive archive, string folder)
    {
        try
        {
            ComponentHeader header = Component.Open(archive, folder).Header;
            return new ModelManifest.StepEntry(folder, header.Loader, (int)header.Version,
                new JsonObject { ["supported"] = ComponentTables.Reads(header), ["version"] = string.Create(CultureInfo.InvariantCulture, $"0x{header.Version:X8}") });
        }
        catch (MLPipelinesException e)
        {
            return new ModelManifest.StepEntry(folder, "?", 0, new JsonObject { ["supported"] = false, ["problem"] = e.Message });
        }
    }
}
