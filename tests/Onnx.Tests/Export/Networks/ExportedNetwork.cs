using MLPipelines.Testing;

namespace MLPipelines.Onnx.Tests.Export.Networks;

/// <summary>A model as an ONNX file, and a session that runs it.</summary>
internal sealed class ExportedNetwork : IDisposable
{
    private readonly Lazy<OnnxSession> _session;

    private ExportedNetwork(byte[] file) => (File, _session) = (file, new Lazy<OnnxSession>(() => OnnxSession.Open(file)));

    internal byte[] File { get; }

    internal OnnxSession Session => _session.Value;

    /// <param name="model">The model.</param>
    /// <param name="data">Data with its columns.</param>
    /// <param name="opset">The version of the operators; the usual one when 0.</param>
    /// <param name="outputs">The columns that become outputs; all when none are given.</param>
    internal static ExportedNetwork Of(ITransformer model, IDataView data, int opset = 0, params string[] outputs)
    {
        using var stream = new MemoryStream();
        if (opset == 0) new MLContext(1).Model.ConvertToOnnx(model, data, stream, outputs);
        else new MLContext(1).Model.ConvertToOnnx(model, data, opset, stream);
        return new ExportedNetwork(stream.ToArray());
    }

    /// <summary>The values of one output of a run.</summary>
    internal T[] Run<T>(string output, params (string Name, OnnxValue Value)[] inputs) =>
        ((OnnxTensor<T>)Session.Run(inputs.ToDictionary(input => input.Name, input => input.Value), output)[output]).Values;

    public void Dispose()
    {
        if (_session.IsValueCreated) _session.Value.Dispose();
    }
}
