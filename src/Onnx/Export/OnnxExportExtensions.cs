using Google.Protobuf;
using MLPipelines.Onnx.Export;
using MLPipelines.Onnx.Graph;

namespace MLPipelines;

/// <summary>
/// Writes trained models as ONNX files, which other runtimes run. A column of the data becomes an input of its name, of shape
/// [rows, 1], or [rows, size] for a vector; a column of the result becomes an output called <c>name.output</c>. Keys are whole
/// numbers from 1, 0 for a missing one.
/// </summary>
public static class OnnxExportExtensions
{
    /// <summary>Writes a model; every column of the data is an input, and every column that it has afterwards an output.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="transform">The model: one transformer or a chain.</param>
    /// <param name="inputData">Data with the columns that the model is applied to; no row is read.</param>
    /// <param name="stream">Where the file is written to.</param>
    /// <exception cref="MLPipelinesException">Steps cannot be expressed in ONNX; the message names all of them with the reasons. Nothing was written.</exception>
    public static void ConvertToOnnx(this ModelOperationsCatalog catalog, ITransformer transform, IDataView inputData, Stream stream) =>
        Write(catalog, transform, inputData, new OnnxExportOptions(), stream);

    /// <summary>Writes a model in a version of the ONNX operators.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="transform">The model: one transformer or a chain.</param>
    /// <param name="inputData">Data with the columns that the model is applied to; no row is read.</param>
    /// <param name="opSetVersion">The version of the operators, from 9 to 17.</param>
    /// <param name="stream">Where the file is written to.</param>
    /// <exception cref="ArgumentOutOfRangeException">The version is another one.</exception>
    /// <exception cref="MLPipelinesException">Steps cannot be expressed in ONNX, or not in that version; nothing was written.</exception>
    public static void ConvertToOnnx(this ModelOperationsCatalog catalog, ITransformer transform, IDataView inputData, int opSetVersion, Stream stream) =>
        Write(catalog, transform, inputData, new OnnxExportOptions { OpsetVersion = opSetVersion }, stream);

    /// <summary>Writes what a model needs for some of the columns of its result; inputs that they do not need are left out.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="transform">The model: one transformer or a chain.</param>
    /// <param name="inputData">Data with the columns that the model is applied to; no row is read.</param>
    /// <param name="stream">Where the file is written to.</param>
    /// <param name="outputColumns">The columns of the result that become outputs; all when none are given.</param>
    /// <exception cref="ArgumentOutOfRangeException">The result has no such column.</exception>
    /// <exception cref="MLPipelinesException">Steps that these columns need cannot be expressed in ONNX. Nothing was written.</exception>
    public static void ConvertToOnnx(this ModelOperationsCatalog catalog, ITransformer transform, IDataView inputData, Stream stream, params string[] outputColumns) =>
        Write(catalog, transform, inputData, new OnnxExportOptions { OutputColumns = outputColumns is { Length: > 0 } ? outputColumns : null }, stream);

    private static void Write(ModelOperationsCatalog catalog, ITransformer transform, IDataView inputData, OnnxExportOptions options, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(transform);
        ArgumentNullException.ThrowIfNull(inputData);
        ArgumentNullException.ThrowIfNull(stream);
        ModelProto model = ModelExporter.Export(transform, inputData.Schema, options);
        model.WriteTo(stream);
    }
}
