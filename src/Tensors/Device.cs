using MLPipelines.Tensors.Cpu;

namespace MLPipelines.Tensors;

/// <summary>Where the elements of a tensor are and its operations run. Operations take tensors of one device.</summary>
public sealed class Device
{
    private Device(string name, Backend backend)
    {
        Name = name;
        Backend = backend;
    }

    /// <summary>The processor, with all its cores.</summary>
    public static Device Cpu { get; } = new("cpu", new CpuBackend());

    public string Name { get; }

    internal Backend Backend { get; }

    /// <summary>Gives memory that no tensor uses back to the system, with the next garbage collection; after training, for one.</summary>
    public void Trim() => Backend.Pool.Trim();

    public override string ToString() => Name;
}
