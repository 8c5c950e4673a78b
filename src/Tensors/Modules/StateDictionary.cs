using System.Collections;
using System.Globalization;
using System.Text;
using MLPipelines.Tensors.Files;

namespace MLPipelines.Tensors;

/// <summary>Tensors by name, in order: the learned numbers of a module or the state of an optimizer, as safetensors files hold them.</summary>
public sealed class StateDictionary : IEnumerable<NamedTensor>
{
    private readonly OrderedDictionary<string, Tensor> _tensors = new(StringComparer.Ordinal);

    public int Count => _tensors.Count;

    /// <exception cref="KeyNotFoundException">There is no such name.</exception>
    public Tensor this[string name] => _tensors.TryGetValue(name, out Tensor tensor) ? tensor : throw new KeyNotFoundException($"There is no tensor '{name}'.");

    public bool TryGet(string name, out Tensor tensor) => _tensors.TryGetValue(name, out tensor);

    /// <exception cref="ArgumentException">The name is there already.</exception>
    public void Add(NamedTensor item) => Add(item.Name, item.Tensor);

    /// <inheritdoc cref="Add(NamedTensor)"/>
    public void Add(string name, Tensor tensor)
    {
        if (!_tensors.TryAdd(name, tensor)) throw new ArgumentException($"There are two tensors '{name}'.", nameof(name));
    }

    /// <summary>Reads a safetensors file.</summary>
    public static StateDictionary Load(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Load(stream, path);
    }

    /// <inheritdoc cref="Load(string)"/>
    /// <param name="stream">The file; it is read once from its position to the end.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or holds what is not supported.</exception>
    public static StateDictionary Load(Stream stream, string name = "the stream") => new SafetensorsReader(stream, name).Read();

    /// <summary>Reads a file that TorchSharp's <c>Module.save</c> wrote, such as the <c>.tsm</c> files of ML.NET.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or holds what is not supported.</exception>
    public static StateDictionary LoadTorchSharp(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return new TorchSharpReader(stream, path).Read();
    }

    /// <summary>Writes a safetensors file beside the target and moves it there, so that a crash leaves the old file or the new one.</summary>
    public void Save(string path)
    {
        string beside = path + ".tmp";
        using (var stream = new FileStream(beside, FileMode.Create, FileAccess.Write))
        {
            Save(stream);
            stream.Flush(flushToDisk: true);
        }
        File.Move(beside, path, overwrite: true);
    }

    /// <summary>Writes the tensors in their order; the same tensors give the same bytes.</summary>
    public void Save(Stream stream) => SafetensorsWriter.Write(this, stream);

    public IEnumerator<NamedTensor> GetEnumerator() => _tensors.Select(item => new NamedTensor(item.Key, item.Value)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Copies into the tensors of the same names, all of them or, in case of an error, none.</summary>
    internal void CopyTo(StateDictionary target, bool isStrict)
    {
        string[] missing = [.. target._tensors.Keys.Where(name => !_tensors.ContainsKey(name))];
        string[] unexpected = [.. _tensors.Keys.Where(name => !target._tensors.ContainsKey(name))];
        NamedTensor[] shared = [.. this.Where(item => target._tensors.ContainsKey(item.Name))];
        string[] mismatched = [.. shared.Where(item => item.Tensor.Shape != target[item.Name].Shape).Select(item => $"{item.Name} is {item.Tensor.Shape}, expected {target[item.Name].Shape}")];
        if (mismatched.Length > 0 || isStrict && (missing.Length > 0 || unexpected.Length > 0))
        {
            var message = new StringBuilder("The state does not fit.");
            List(message, "Missing", isStrict ? missing : []);
            List(message, "Unexpected", isStrict ? unexpected : []);
            List(message, "Of another shape", mismatched);
            throw new ArgumentException(message.ToString());
        }
        using var step = new Step();
        using var quiet = new NoGradient();
        foreach (NamedTensor item in shared) target[item.Name].CopyFrom(item.Tensor.To(target[item.Name].ElementType));
    }

    private static void List(StringBuilder message, string what, string[] names)
    {
        if (names.Length > 0) message.Append(CultureInfo.InvariantCulture, $" {what} ({names.Length}): {string.Join("; ", names)}.");
    }
}
