namespace MLPipelines.Tensors;

public readonly unsafe partial struct Tensor
{
    /// <summary>Numbers from the uniform distribution over [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public static Tensor Uniform(Shape shape, RandomSource random, float low = 0, float high = 1, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(random);
        Tensor tensor = New(shape, device ?? Device.Cpu);
        tensor.Backend.FillUniform(tensor.Floats, tensor.Count, random.Take(tensor.Count), low, high);
        GC.KeepAlive(tensor._cell);
        return tensor;
    }

    /// <summary>Numbers from a normal distribution.</summary>
    public static Tensor Normal(Shape shape, RandomSource random, float mean = 0, float deviation = 1, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(random);
        Tensor tensor = New(shape, device ?? Device.Cpu);
        tensor.Backend.FillNormal(tensor.Floats, tensor.Count, random.Take(tensor.Count), mean, deviation);
        GC.KeepAlive(tensor._cell);
        return tensor;
    }
}
