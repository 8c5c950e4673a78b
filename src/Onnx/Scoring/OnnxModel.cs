using MLPipelines.Transforms.Onnx;

namespace MLPipelines.Onnx;

/// <summary>
/// The model of a step: its bytes, what goes in and out, and the session that everyone who applies it shares. The session is opened when it is first
/// needed, so that a saved model can be read, and inspected, where ONNX Runtime is not.
/// </summary>
internal sealed class OnnxModel
{
    private readonly Lock _opening = new();
    private readonly string? _path;
    private readonly OnnxSessionOptions _options;
    private readonly Lazy<OnnxGraphNotes> _notes;
    private OnnxSession? _session;
    private OnnxSignature? _signature;

    /// <param name="bytes">The file's content.</param>
    /// <param name="path">The file, where there is one: weights may lie beside it.</param>
    /// <param name="options">Where it runs.</param>
    /// <param name="shapes">Shapes in place of the model's own.</param>
    /// <param name="recursionLimit">How deep messages may be nested.</param>
    internal OnnxModel(byte[] bytes, string? path, OnnxSessionOptions options, IReadOnlyDictionary<string, int[]> shapes, int recursionLimit)
    {
        (Bytes, _path, _options, Shapes, RecursionLimit) = (bytes, path, options, shapes, recursionLimit);
        _notes = new Lazy<OnnxGraphNotes>(() => OnnxGraphNotes.Of(bytes, path is null ? "The ONNX model" : $"ONNX model '{path}'", recursionLimit));
    }

    internal static OnnxModel Of(OnnxOptions options, Stream? stream, TrainingEnvironment environment)
    {
        byte[] bytes;
        if (stream is not null)
        {
            using var memory = new MemoryStream();
            if (stream.CanSeek) stream.Position = 0;
            stream.CopyTo(memory);
            bytes = memory.ToArray();
        }
        else
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(options.ModelFile, nameof(OnnxOptions.ModelFile));
            if (!File.Exists(options.ModelFile)) throw new FileNotFoundException($"ONNX model '{options.ModelFile}' does not exist.", options.ModelFile);
            bytes = File.ReadAllBytes(options.ModelFile);
        }
        var session = new OnnxSessionOptions
        {
            GpuDeviceId = options.GpuDeviceId ?? environment.GpuDeviceId,
            FallbackToCpu = options.GpuDeviceId is null ? environment.FallbackToCpu : options.FallbackToCpu,
            InterOpThreads = options.InterOpNumThreads,
            IntraOpThreads = options.IntraOpNumThreads,
        };
        return new OnnxModel(bytes, stream is null ? options.ModelFile : null, session,
            options.ShapeDictionary?.ToDictionary(shape => shape.Key, shape => (int[])shape.Value.Clone()) ?? [], options.RecursionLimit);
    }

    internal byte[] Bytes { get; }

    internal IReadOnlyDictionary<string, int[]> Shapes { get; }

    internal int RecursionLimit { get; }

    /// <summary>What is known of how rows may be put together; it is found out once.</summary>
    internal OnnxBatching Batching { get; } = new();

    internal OnnxSession Session
    {
        get
        {
            if (_session is { IsClosed: false } open) return open;
            lock (_opening)
            {
                if (_session is { IsClosed: false } opened) return opened;
                // The file may be another one by now; only for weights that lie beside it is it opened itself.
                return _session = _path is not null && _notes.Value.ExternalWeights is not null ? OnnxSession.Open(_path, _options)
                    : OnnxSession.Open(Bytes, _options, _path is null ? null : $"'{_path}'");
            }
        }
    }

    internal OnnxSignature Signature => _signature ??= OnnxSignature.Of(Session, _notes.Value.Shapeless, Shapes);

    /// <summary>Gives the session back; one that is needed later is opened again.</summary>
    internal void Close()
    {
        lock (_opening) _session?.Dispose();
    }

    /// <summary>The names of the items of an output, where the model has them.</summary>
    internal IReadOnlyList<string>? SlotNamesOf(string column) => _notes.Value.SlotNames.GetValueOrDefault(column);

    /// <exception cref="MLPipelinesException">The model keeps weights in other files, which a model file would not have.</exception>
    internal void CheckSelfContained()
    {
        if (_notes.Value.ExternalWeights is { } weights)
        {
            throw new MLPipelinesException($"ONNX model '{_path}' keeps weights in other files ({weights}): it cannot be saved within a model. " +
                "Store the weights in the .onnx file itself (onnx.save_model(onnx.load(path), path) in Python).");
        }
    }
}
