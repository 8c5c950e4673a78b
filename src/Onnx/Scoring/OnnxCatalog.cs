using System.Runtime.CompilerServices;
using MLPipelines.Data;
using MLPipelines.Transforms.Onnx;

namespace MLPipelines;

/// <summary>
/// ONNX models as steps of a chain. They run in ONNX Runtime, whose native library is found by <c>ONNXRUNTIME_LIB</c>, next to the app, in the package
/// Microsoft.ML.OnnxRuntime (or .Gpu), or in the npm package onnxruntime-node.
/// </summary>
public static class OnnxCatalog
{
    /// <summary>Applies a model to the columns that are named like its inputs; a column comes out for each of its outputs.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="modelFile">The file of the model.</param>
    /// <param name="gpuDeviceId">The CUDA device that runs the model; <see langword="null"/> for the processor.</param>
    /// <param name="fallbackToCpu">Whether the processor takes over where the device cannot be used.</param>
    /// <exception cref="MLPipelines.OnnxRuntime.OnnxRuntimeException">ONNX Runtime is absent, or cannot open the model.</exception>
    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string modelFile, int? gpuDeviceId = null, bool fallbackToCpu = false) =>
        Apply(catalog, new() { ModelFile = modelFile, GpuDeviceId = gpuDeviceId, FallbackToCpu = fallbackToCpu });

    /// <inheritdoc cref="ApplyOnnxModel(TransformsCatalog, string, int?, bool)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="modelBytes">The bytes of the model; read to their end.</param>
    /// <param name="gpuDeviceId">The CUDA device that runs the model; <see langword="null"/> for the processor.</param>
    /// <param name="fallbackToCpu">Whether the processor takes over where the device cannot be used.</param>
    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, Stream modelBytes, int? gpuDeviceId = null, bool fallbackToCpu = false) =>
        Apply(catalog, new() { GpuDeviceId = gpuDeviceId, FallbackToCpu = fallbackToCpu }, modelBytes);

    /// <inheritdoc cref="ApplyOnnxModel(TransformsCatalog, string, int?, bool)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="modelFile">The file of the model.</param>
    /// <param name="shapeDictionary">Shapes of inputs and outputs by name, in place of those in the model.</param>
    /// <param name="gpuDeviceId">The CUDA device that runs the model; <see langword="null"/> for the processor.</param>
    /// <param name="fallbackToCpu">Whether the processor takes over where the device cannot be used.</param>
    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog, string modelFile, IDictionary<string, int[]> shapeDictionary, int? gpuDeviceId = null, bool fallbackToCpu = false) =>
        Apply(catalog, new() { ModelFile = modelFile, ShapeDictionary = shapeDictionary, GpuDeviceId = gpuDeviceId, FallbackToCpu = fallbackToCpu });

    /// <inheritdoc cref="ApplyOnnxModel(TransformsCatalog, string, IDictionary{string, int[]}, int?, bool)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="modelBytes">The bytes of the model; read to their end.</param>
    /// <param name="shapeDictionary">Shapes of inputs and outputs by name, in place of those in the model.</param>
    /// <param name="gpuDeviceId">The CUDA device that runs the model; <see langword="null"/> for the processor.</param>
    /// <param name="fallbackToCpu">Whether the processor takes over where the device cannot be used.</param>
    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog, Stream modelBytes, IDictionary<string, int[]> shapeDictionary, int? gpuDeviceId = null, bool fallbackToCpu = false) =>
        Apply(catalog, new() { ShapeDictionary = shapeDictionary, GpuDeviceId = gpuDeviceId, FallbackToCpu = fallbackToCpu }, modelBytes);

    /// <summary>Applies a model to one column; one of its outputs comes out.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The model's output.</param>
    /// <param name="inputColumnName">The model's input, and the column that goes in.</param>
    /// <param name="modelFile">The file of the model.</param>
    /// <param name="gpuDeviceId">The CUDA device that runs the model; <see langword="null"/> for the processor.</param>
    /// <param name="fallbackToCpu">Whether the processor takes over where the device cannot be used.</param>
    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName, string modelFile, int? gpuDeviceId = null, bool fallbackToCpu = false) =>
        ApplyOnnxModel(catalog, [outputColumnName], [inputColumnName], modelFile, gpuDeviceId, fallbackToCpu);

    /// <inheritdoc cref="ApplyOnnxModel(TransformsCatalog, string, string, string, int?, bool)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The model's output.</param>
    /// <param name="inputColumnName">The model's input, and the column that goes in.</param>
    /// <param name="modelBytes">The bytes of the model; read to their end.</param>
    /// <param name="gpuDeviceId">The CUDA device that runs the model; <see langword="null"/> for the processor.</param>
    /// <param name="fallbackToCpu">Whether the processor takes over where the device cannot be used.</param>
    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName, Stream modelBytes, int? gpuDeviceId = null, bool fallbackToCpu = false) =>
        ApplyOnnxModel(catalog, [outputColumnName], [inputColumnName], modelBytes, gpuDeviceId, fallbackToCpu);

    /// <summary>Applies a model as the options say.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The model, the columns and where it runs.</param>
    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, OnnxOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Apply(catalog, options);
    }

    /// <inheritdoc cref="ApplyOnnxModel(TransformsCatalog, string, string, string, int?, bool)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The model's output.</param>
    /// <param name="inputColumnName">The model's input, and the column that goes in.</param>
    /// <param name="modelFile">The file of the model.</param>
    /// <param name="shapeDictionary">Shapes of inputs and outputs by name, in place of those in the model.</param>
    /// <param name="gpuDeviceId">The CUDA device that runs the model; <see langword="null"/> for the processor.</param>
    /// <param name="fallbackToCpu">Whether the processor takes over where the device cannot be used.</param>
    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string outputColumnName, string inputColumnName, string modelFile,
        IDictionary<string, int[]> shapeDictionary, int? gpuDeviceId = null, bool fallbackToCpu = false) =>
        ApplyOnnxModel(catalog, [outputColumnName], [inputColumnName], modelFile, shapeDictionary, gpuDeviceId, fallbackToCpu);

    /// <inheritdoc cref="ApplyOnnxModel(TransformsCatalog, string, string, Stream, int?, bool)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The model's output.</param>
    /// <param name="inputColumnName">The model's input, and the column that goes in.</param>
    /// <param name="modelBytes">The bytes of the model; read to their end.</param>
    /// <param name="shapeDictionary">Shapes of inputs and outputs by name, in place of those in the model.</param>
    /// <param name="gpuDeviceId">The CUDA device that runs the model; <see langword="null"/> for the processor.</param>
    /// <param name="fallbackToCpu">Whether the processor takes over where the device cannot be used.</param>
    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string outputColumnName, string inputColumnName, Stream modelBytes,
        IDictionary<string, int[]> shapeDictionary, int? gpuDeviceId = null, bool fallbackToCpu = false) =>
        ApplyOnnxModel(catalog, [outputColumnName], [inputColumnName], modelBytes, shapeDictionary, gpuDeviceId, fallbackToCpu);

    /// <summary>Applies a model to several columns; some of its outputs come out.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnNames">The model's outputs.</param>
    /// <param name="inputColumnNames">The model's inputs, and the columns that go in.</param>
    /// <param name="modelFile">The file of the model.</param>
    /// <param name="gpuDeviceId">The CUDA device that runs the model; <see langword="null"/> for the processor.</param>
    /// <param name="fallbackToCpu">Whether the processor takes over where the device cannot be used.</param>
    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog, string[] outputColumnNames, string[] inputColumnNames, string modelFile, int? gpuDeviceId = null, bool fallbackToCpu = false) =>
        Apply(catalog, Named(outputColumnNames, inputColumnNames, modelFile, null, gpuDeviceId, fallbackToCpu));

    /// <inheritdoc cref="ApplyOnnxModel(TransformsCatalog, string[], string[], string, int?, bool)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnNames">The model's outputs.</param>
    /// <param name="inputColumnNames">The model's inputs, and the columns that go in.</param>
    /// <param name="modelBytes">The bytes of the model; read to their end.</param>
    /// <param name="gpuDeviceId">The CUDA device that runs the model; <see langword="null"/> for the processor.</param>
    /// <param name="fallbackToCpu">Whether the processor takes over where the device cannot be used.</param>
    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog, string[] outputColumnNames, string[] inputColumnNames, Stream modelBytes, int? gpuDeviceId = null, bool fallbackToCpu = false) =>
        Apply(catalog, Named(outputColumnNames, inputColumnNames, null, null, gpuDeviceId, fallbackToCpu), modelBytes);

    /// <inheritdoc cref="ApplyOnnxModel(TransformsCatalog, string[], string[], string, int?, bool)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnNames">The model's outputs.</param>
    /// <param name="inputColumnNames">The model's inputs, and the columns that go in.</param>
    /// <param name="modelFile">The file of the model.</param>
    /// <param name="shapeDictionary">Shapes of inputs and outputs by name, in place of those in the model.</param>
    /// <param name="gpuDeviceId">The CUDA device that runs the model; <see langword="null"/> for the processor.</param>
    /// <param name="fallbackToCpu">Whether the processor takes over where the device cannot be used.</param>
    [OverloadResolutionPriority(1)]
    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string[] outputColumnNames, string[] inputColumnNames, string modelFile,
        IDictionary<string, int[]> shapeDictionary, int? gpuDeviceId = null, bool fallbackToCpu = false) =>
        Apply(catalog, Named(outputColumnNames, inputColumnNames, modelFile, shapeDictionary, gpuDeviceId, fallbackToCpu));

    /// <inheritdoc cref="ApplyOnnxModel(TransformsCatalog, string[], string[], Stream, int?, bool)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnNames">The model's outputs.</param>
    /// <param name="inputColumnNames">The model's inputs, and the columns that go in.</param>
    /// <param name="modelBytes">The bytes of the model; read to their end.</param>
    /// <param name="shapeDictionary">Shapes of inputs and outputs by name, in place of those in the model.</param>
    /// <param name="gpuDeviceId">The CUDA device that runs the model; <see langword="null"/> for the processor.</param>
    /// <param name="fallbackToCpu">Whether the processor takes over where the device cannot be used.</param>
    [OverloadResolutionPriority(1)]
    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string[] outputColumnNames, string[] inputColumnNames, Stream modelBytes,
        IDictionary<string, int[]> shapeDictionary, int? gpuDeviceId = null, bool fallbackToCpu = false) =>
        Apply(catalog, Named(outputColumnNames, inputColumnNames, null, shapeDictionary, gpuDeviceId, fallbackToCpu), modelBytes);

    /// <inheritdoc cref="ApplyOnnxModel(TransformsCatalog, string[], string[], string, IDictionary{string, int[]}, int?, bool)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnNames">The model's outputs.</param>
    /// <param name="inputColumnNames">The model's inputs, and the columns that go in.</param>
    /// <param name="modelFile">The file of the model.</param>
    /// <param name="shapeDictionary">Shapes of inputs and outputs by name, in place of those in the model.</param>
    /// <param name="gpuDeviceId">The CUDA device that runs the model; <see langword="null"/> for the processor.</param>
    /// <param name="fallbackToCpu">Whether the processor takes over where the device cannot be used.</param>
    /// <param name="recursionLimit">How deep the messages of the model's file may be nested.</param>
    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string[] outputColumnNames, string[] inputColumnNames, string modelFile,
        IDictionary<string, int[]> shapeDictionary, int? gpuDeviceId = null, bool fallbackToCpu = false, int recursionLimit = 100) =>
        Apply(catalog, Named(outputColumnNames, inputColumnNames, modelFile, shapeDictionary, gpuDeviceId, fallbackToCpu, recursionLimit));

    /// <inheritdoc cref="ApplyOnnxModel(TransformsCatalog, string[], string[], Stream, IDictionary{string, int[]}, int?, bool)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnNames">The model's outputs.</param>
    /// <param name="inputColumnNames">The model's inputs, and the columns that go in.</param>
    /// <param name="modelBytes">The bytes of the model; read to their end.</param>
    /// <param name="shapeDictionary">Shapes of inputs and outputs by name, in place of those in the model.</param>
    /// <param name="gpuDeviceId">The CUDA device that runs the model; <see langword="null"/> for the processor.</param>
    /// <param name="fallbackToCpu">Whether the processor takes over where the device cannot be used.</param>
    /// <param name="recursionLimit">How deep the messages of the model's file may be nested.</param>
    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string[] outputColumnNames, string[] inputColumnNames, Stream modelBytes,
        IDictionary<string, int[]> shapeDictionary, int? gpuDeviceId = null, bool fallbackToCpu = false, int recursionLimit = 100) =>
        Apply(catalog, Named(outputColumnNames, inputColumnNames, null, shapeDictionary, gpuDeviceId, fallbackToCpu, recursionLimit), modelBytes);

    private static OnnxOptions Named(
        string[] outputs, string[] inputs, string? file, IDictionary<string, int[]>? shapes, int? gpuDeviceId, bool fallbackToCpu, int recursionLimit = 100) => new()
    {
        OutputColumns = outputs, InputColumns = inputs, ModelFile = file, ShapeDictionary = shapes, GpuDeviceId = gpuDeviceId, FallbackToCpu = fallbackToCpu,
        RecursionLimit = recursionLimit,
    };

    private static OnnxScoringEstimator Apply(TransformsCatalog catalog, OnnxOptions options, Stream? model = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new OnnxScoringEstimator(catalog.Environment, options, model);
    }
}
