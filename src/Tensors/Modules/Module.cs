namespace MLPipelines.Tensors;

/// <summary>
/// A part of a network: parameters that are learned, buffers that are kept with them (such as running means), and parts of its own. What a constructor
/// adds has a name; names of parts are joined by dots, as PyTorch does, so that its state dictionaries fit.
/// </summary>
public abstract class Module
{
    private readonly List<NamedTensor> _parameters = [];
    private readonly List<NamedTensor> _buffers = [];
    private readonly List<(string Name, Module Module)> _modules = [];

    /// <summary>Whether it is being trained: dropout and batch normalization do otherwise then. Set by <see cref="Train"/>.</summary>
    public bool IsTraining { get; private set; } = true;

    /// <summary>The parts, in the order in which they were added.</summary>
    public IEnumerable<(string Name, Module Module)> Modules => _modules;

    /// <summary>The parameters of this module and of its parts.</summary>
    public IEnumerable<NamedTensor> Parameters => Named(module => module._parameters);

    /// <summary>What is saved besides the parameters.</summary>
    public IEnumerable<NamedTensor> Buffers => Named(module => module._buffers);

    /// <summary>How many numbers are learned.</summary>
    public long ParameterCount => Parameters.Sum(parameter => (long)parameter.Tensor.Count);

    /// <summary>Sets whether this module and its parts are being trained.</summary>
    public void Train(bool isTraining = true)
    {
        IsTraining = isTraining;
        foreach (var (_, module) in _modules) module.Train(isTraining);
    }

    /// <summary>Sets whether derivatives by the parameters are wanted: a frozen module stays as it is.</summary>
    public void Freeze(bool isFrozen = true)
    {
        foreach (NamedTensor parameter in Parameters) parameter.Tensor.WithGradient(!isFrozen);
    }

    /// <summary>Parameters and buffers by name. They are not copies: they change with the module.</summary>
    public StateDictionary State() => [.. Parameters, .. Buffers];

    /// <summary>Copies the numbers of a state into the parameters and buffers, widening bfloat16.</summary>
    /// <param name="state">Tensors by name.</param>
    /// <param name="isStrict">Whether a name that is missing or unexpected is an error; otherwise what fits is taken.</param>
    /// <exception cref="ArgumentException">Names are missing, unexpected or of another shape; the message lists all of them, and nothing was copied.</exception>
    public void Load(StateDictionary state, bool isStrict = true)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.CopyTo(State(), isStrict);
    }

    /// <summary>
    /// Stores the matrices of linear and attention layers as another type: as <see cref="ElementType.BFloat16"/> they take half the memory, for predictions. Products widen them and sum in
    /// single precision. Optimizers want <see cref="ElementType.Float32"/>.
    /// </summary>
    public void StoreMatricesAs(ElementType type)
    {
        foreach (Tensor matrix in Matrices) matrix.ConvertInPlace(type);
        foreach (var (_, module) in _modules) module.StoreMatricesAs(type);
    }

    /// <summary>The parameters that only matrix products read.</summary>
    private protected virtual IEnumerable<Tensor> Matrices => [];

    /// <summary>Adds a parameter and asks for derivatives by it.</summary>
    protected Tensor AddParameter(string name, Tensor value)
    {
        _parameters.Add(new NamedTensor(name, value.Keep().WithGradient()));
        return value;
    }

    /// <summary>Adds a tensor that is saved but not learned.</summary>
    protected Tensor AddBuffer(string name, Tensor value)
    {
        _buffers.Add(new NamedTensor(name, value.Keep()));
        return value;
    }

    /// <summary>Adds a part.</summary>
    protected TModule Add<TModule>(string name, TModule module) where TModule : Module
    {
        ArgumentNullException.ThrowIfNull(module);
        _modules.Add((name, module));
        return module;
    }

    private IEnumerable<NamedTensor> Named(Func<Module, IEnumerable<NamedTensor>> own) =>
        own(this).Concat(_modules.SelectMany(part => part.Module.Named(own).Select(inner => inner with { Name = $"{part.Name}.{inner.Name}" })));
}
