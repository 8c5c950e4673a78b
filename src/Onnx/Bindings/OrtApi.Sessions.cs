using System.Runtime.InteropServices;
using System.Text;

namespace MLPipelines.Onnx;

/// <summary>Sessions: a model with what it was prepared for.</summary>
internal sealed unsafe partial class OrtApi
{
    /// <summary>CreateSessionOptions [10].</summary>
    internal OrtHandle CreateSessionOptions()
    {
        nint options;
        Check(((delegate* unmanaged<nint*, nint>)_functions[10])(&options));
        return new OrtHandle(this, OrtRelease.SessionOptions, options);
    }

    /// <summary>SetSessionGraphOptimizationLevel [23].</summary>
    internal void SetGraphOptimization(OrtHandle options, int level) => SetNumber(23, options, level);

    /// <summary>SetIntraOpNumThreads [24]: the threads of one operator.</summary>
    internal void SetIntraOpThreads(OrtHandle options, int threads) => SetNumber(24, options, threads);

    /// <summary>SetInterOpNumThreads [25]: the operators at a time.</summary>
    internal void SetInterOpThreads(OrtHandle options, int threads) => SetNumber(25, options, threads);

    /// <summary>SetSessionExecutionMode [13]: several operators at a time, where they do not depend on each other.</summary>
    internal void SetParallelExecution(OrtHandle options) => SetNumber(13, options, 1);

    private void SetNumber(int function, OrtHandle options, int value) =>
        Check(((delegate* unmanaged<nint, int, nint>)_functions[function])(options.Pointer, value));

    /// <summary>AddSessionConfigEntry [130].</summary>
    internal void SetConfiguration(OrtHandle options, string key, string value)
    {
        fixed (byte* name = Utf8(key), text = Utf8(value)) Check(((delegate* unmanaged<nint, byte*, byte*, nint>)_functions[130])(options.Pointer, name, text));
    }

    /// <summary>CreateCUDAProviderOptions [205], UpdateCUDAProviderOptions [206], SessionOptionsAppendExecutionProvider_CUDA_V2 [204].</summary>
    internal void AppendCuda(OrtHandle options, int device)
    {
        nint cuda;
        Check(((delegate* unmanaged<nint*, nint>)_functions[205])(&cuda));
        using var owned = new OrtHandle(this, OrtRelease.CudaOptions, cuda);
        fixed (byte* name = "device_id\0"u8, text = Utf8(device.ToString(System.Globalization.CultureInfo.InvariantCulture)))
        {
            Check(((delegate* unmanaged<nint, byte**, byte**, nuint, nint>)_functions[206])(cuda, &name, &text, 1));
        }
        Check(((delegate* unmanaged<nint, nint, nint>)_functions[204])(options.Pointer, cuda));
    }

    /// <summary>CreateSession [7]; the path is in the platform's own characters.</summary>
    internal OrtHandle CreateSession(nint environment, string path, OrtHandle options)
    {
        nint session;
        if (OperatingSystem.IsWindows())
        {
            fixed (char* file = path) Check(((delegate* unmanaged<nint, void*, nint, nint*, nint>)_functions[7])(environment, file, options.Pointer, &session));
        }
        else
        {
            fixed (byte* file = Utf8(path)) Check(((delegate* unmanaged<nint, void*, nint, nint*, nint>)_functions[7])(environment, file, options.Pointer, &session));
        }
        return new OrtHandle(this, OrtRelease.Session, session);
    }

    /// <summary>CreateSessionFromArray [8]; the bytes are needed only until it returns.</summary>
    internal OrtHandle CreateSession(nint environment, ReadOnlySpan<byte> model, OrtHandle options)
    {
        nint session;
        fixed (byte* bytes = model)
        {
            Check(((delegate* unmanaged<nint, void*, nuint, nint, nint*, nint>)_functions[8])(environment, bytes, (nuint)model.Length, options.Pointer, &session));
        }
        return new OrtHandle(this, OrtRelease.Session, session);
    }

    /// <summary>Run [9]. Places of outputs that hold a value are written to; the others get one.</summary>
    internal void Run(nint session, byte** inputNames, nint* inputs, int inputCount, byte** outputNames, nint* outputs, int outputCount) =>
        Check(((delegate* unmanaged<nint, nint, byte**, nint*, nuint, byte**, nuint, nint*, nint>)_functions[9])(
            session, 0, inputNames, inputs, (nuint)inputCount, outputNames, (nuint)outputCount, outputs));

    /// <summary>SessionGetInputCount [30] and SessionGetOutputCount [31].</summary>
    internal int Count(nint session, bool outputs)
    {
        nuint count;
        Check(((delegate* unmanaged<nint, nuint*, nint>)_functions[outputs ? 31 : 30])(session, &count));
        return (int)count;
    }

    /// <summary>SessionGetInputName [36] and SessionGetOutputName [37].</summary>
    internal string NameOf(nint session, int index, bool output)
    {
        byte* name;
        Check(((delegate* unmanaged<nint, nuint, nint, byte**, nint>)_functions[output ? 37 : 36])(session, (nuint)index, DefaultAllocator(), &name));
        return TakeText(name);
    }

    /// <summary>SessionGetModelMetadata [111] and the functions after it.</summary>
    internal (string Producer, string Graph, string Description, long Version, IReadOnlyDictionary<string, string> Custom) MetadataOf(nint session)
    {
        nint made;
        Check(((delegate* unmanaged<nint, nint*, nint>)_functions[111])(session, &made));
        nint metadata = made;
        using var owned = new OrtHandle(this, OrtRelease.ModelMetadata, metadata);
        long version;
        Check(((delegate* unmanaged<nint, long*, nint>)_functions[117])(metadata, &version));
        return (Text(112), Text(113), Text(115), version, Custom());

        string Text(int function)
        {
            byte* text;
            Check(((delegate* unmanaged<nint, nint, byte**, nint>)_functions[function])(metadata, DefaultAllocator(), &text));
            return TakeText(text);
        }

        Dictionary<string, string> Custom()
        {
            byte** keys;
            long count;
            Check(((delegate* unmanaged<nint, nint, byte***, long*, nint>)_functions[123])(metadata, DefaultAllocator(), &keys, &count));
            var values = new Dictionary<string, string>();
            for (long i = 0; i < count; i++)
            {
                byte* value;
                Check(((delegate* unmanaged<nint, nint, byte*, byte**, nint>)_functions[116])(metadata, DefaultAllocator(), keys[i], &value));
                values[TakeText(keys[i])] = TakeText(value);
            }
            if (keys != null) Check(((delegate* unmanaged<nint, void*, nint>)_functions[76])(DefaultAllocator(), keys));
            return values;
        }
    }

    /// <summary>GetAvailableProviders [125]: what the library was built with.</summary>
    internal string[] Providers()
    {
        byte** names;
        int count;
        Check(((delegate* unmanaged<byte***, int*, nint>)_functions[125])(&names, &count));
        string[] providers = new string[count];
        for (int i = 0; i < count; i++) providers[i] = TextOf(names[i]);
        Check(((delegate* unmanaged<byte**, int, nint>)_functions[126])(names, count));
        return providers;
    }

    /// <summary>A text as the library takes it: UTF-8 with a zero at the end.</summary>
    internal static byte[] Utf8(string text)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(text) + 1];
        Encoding.UTF8.GetBytes(text, bytes);
        return bytes;
    }
}
