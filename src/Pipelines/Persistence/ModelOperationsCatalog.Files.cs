using MLPipelines.Data;
using MLPipelines.Persistence;

namespace MLPipelines;

public sealed partial class ModelOperationsCatalog
{
    /// <summary>Saves a transformer as a model file. The file appears whole or not at all.</summary>
    /// <param name="model">What to save; every transformer in it must be a kind that can be saved.</param>
    /// <param name="inputSchema">The columns that the model is applied to; kept in the file.</param>
    /// <param name="filePath">Where; an existing file is replaced.</param>
    public void Save(ITransformer model, DataViewSchema? inputSchema, string filePath) => Save(model, inputSchema, filePath, record: null);

    /// <summary>Saves a transformer with the record of its training.</summary>
    public void Save(ITransformer model, DataViewSchema? inputSchema, string filePath, TrainingRecord? record)
    {
        ArgumentNullException.ThrowIfNull(model);
        ModelFile.Write(model, inputSchema, record, filePath);
    }

    public void Save(ITransformer model, DataViewSchema? inputSchema, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(model);
        ModelFile.Write(model, inputSchema, record: null, stream);
    }

    /// <summary>Loads a transformer.</summary>
    /// <param name="filePath">A file that <see cref="Save(ITransformer, DataViewSchema, string)"/> wrote.</param>
    /// <param name="inputSchema">The columns that the model is applied to.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="MLPipelinesException">The file is damaged, from a newer version, or holds a step that is not known; the message names the entry.</exception>
    public ITransformer Load(string filePath, out DataViewSchema inputSchema) => ModelFileReader.Open(filePath).Load(out inputSchema);

    public ITransformer Load(Stream stream, out DataViewSchema inputSchema) =>
        ModelFileReader.Open(stream, (stream as FileStream)?.Name ?? "The model").Load(out inputSchema);

    /// <summary>What a model file says of itself: schema, steps and how it was trained. The weights are not loaded.</summary>
    public ModelManifest Inspect(string filePath) => ModelFileReader.Open(filePath).ReadManifest();
}
