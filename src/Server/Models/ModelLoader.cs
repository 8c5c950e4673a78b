using System.Diagnostics;
using System.Security.Cryptography;
using MLPipelines.Data;
using MLPipelines.Persistence;
using MLPipelines.Transforms.Image;

namespace MLPipelines.Server;

/// <summary>Makes of a file a model that can be served, or says why it cannot.</summary>
internal sealed class ModelLoader(ScoringQueueOptions queue, bool requireCompatibleSchema)
{
    // Of the picture that warms a model up.
    private const int Side = 64;

    /// <summary>Reads, checks and warms up a model.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="version">Its version.</param>
    /// <param name="path">The file.</param>
    /// <param name="previous">What is served in its place now.</param>
    /// <returns>The model; the previous one where the file holds the same bytes.</returns>
    /// <exception cref="MLPipelinesException">The file is damaged, or the model does not fit those who ask the previous one.</exception>
    internal ServedModel Load(string name, int version, string path, ServedModel? previous)
    {
        byte[] file = File.ReadAllBytes(path);
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(file));
        if (previous?.Sha256 == sha256 && previous.File == path) return previous;
        var reader = ModelFileReader.Open(file, Path.GetFileName(path));
        ITransformer transformer = reader.Load(out DataViewSchema input);
        if (input.Count == 0) throw new MLPipelinesException($"{Path.GetFileName(path)} does not say which columns it predicts from: it was saved without an input schema.");
        var model = new ServedModel(new ModelSource(name, version, path, sha256, file.LongLength), transformer, input, reader.ReadManifest(), queue);
        if (previous is not null && requireCompatibleSchema) CheckCompatible(model, previous);
        WarmUp(model);
        return model;
    }

    /// <summary>Whoever sends what the previous model needed must be able to go on.</summary>
    private static void CheckCompatible(ServedModel model, ServedModel previous)
    {
        if (model.Kind != previous.Kind) throw Incompatible($"it answers with {Words(model.Kind)}, the one being served with {Words(previous.Kind)}");
        foreach (ModelInput input in model.Inputs)
        {
            ModelInput known = previous.Inputs.FirstOrDefault(other => other.Name == input.Name) ?? throw Incompatible($"it needs the column '{input.Name}', which the one being served does not");
            if (!known.Type.Equals(input.Type)) throw Incompatible($"its column '{input.Name}' is {input.Type}, that of the one being served is {known.Type}");
        }

        MLPipelinesException Incompatible(string why) =>
            new($"{Path.GetFileName(model.File)} does not fit those who ask for {model.Name}: {why}. Serve it as another version, such as {model.Name}@{model.Version + 1}.zip.");
    }

    private static string Words(ModelKind kind) => kind switch
    {
        ModelKind.Classification => "one of several labels",
        ModelKind.BinaryClassification => "true or false",
        ModelKind.Regression => "a number",
        _ => kind.ToString(),
    };

    /// <summary>Scores rows of missing values: what cannot work is found now, and the first request need not wait for tables and kernels.</summary>
    private static void WarmUp(ServedModel model)
    {
        if (!model.ScoresRows || model.Kind == ModelKind.TextGeneration) return;
        for (int turn = 0; turn < 2; turn++)
        {
            using ScoringRows rows = model.Rent();
            for (int i = 0; i < model.Inputs.Count; i++)
            {
                if (rows.Input(i) is ValueColumn<MLImage> pictures) pictures.Append(MLImage.CreateFromPixels(Side, Side, MLPixelFormat.Bgra32, new byte[4 * Side * Side]));
                else rows.Input(i).AppendMissing();
            }
            rows.AddRows();
            try
            {
                long start = Stopwatch.GetTimestamp();
                rows.Score();
                // The first turn makes what all others use.
                if (turn > 0) model.Queue.Expect(Stopwatch.GetTimestamp() - start);
            }
            catch (MLPipelinesException) when (model.Kind == ModelKind.Forecasting)
            {
                // A row without a time cannot be forecast for, which the model says rightly.
            }
        }
    }
}
