namespace MLPipelines;

/// <summary>A transformer that can be part of a saved model.</summary>
public interface IModelStep
{
    /// <summary>The name of the kind of step in model files, such as <c>one-hot-encoding</c>.</summary>
    string TypeId { get; }

    /// <summary>The version of what <see cref="Save"/> writes.</summary>
    int Version { get; }

    /// <summary>Writes everything that a loader needs to make an equal transformer.</summary>
    void Save(ModelStepWriter writer);
}

/// <summary>Where a step of a model writes its parameters, arrays and texts.</summary>
public abstract class ModelStepWriter
{
    /// <summary>A parameter: a truth value, number, text, or a list of these.</summary>
    public abstract void Set(string name, object? value);

    /// <summary>An array of bool, byte, 32- or 64-bit integers, <see cref="Half"/>, <see cref="float"/> or <see cref="double"/>, row-major.</summary>
    public abstract void WriteArray<T>(string name, ReadOnlySpan<T> values, params ReadOnlySpan<int> shape) where T : unmanaged;

    /// <summary>A list of texts.</summary>
    public abstract void WriteTexts(string name, IReadOnlyList<string> texts);

    /// <summary>A file of another format, such as an ONNX model, as it is; its name has its extension.</summary>
    public abstract void WriteFile(string name, byte[] content);

    /// <summary>A writer for a part of the step, such as one of several inner models; its names do not collide with others.</summary>
    public abstract ModelStepWriter Section(string name);
}

/// <summary>What a step of a model wrote, for its loader.</summary>
public abstract class ModelStepReader
{
    /// <summary>The version that wrote the step.</summary>
    public abstract int Version { get; }

    public abstract bool Has(string name);

    /// <exception cref="MLPipelinesException">The parameter is absent or of another type.</exception>
    public abstract bool GetBoolean(string name);

    public abstract int GetInt32(string name);

    public abstract double GetDouble(string name);

    public abstract string GetString(string name);

    public abstract string? GetStringOrNull(string name);

    public abstract IReadOnlyList<string> GetStrings(string name);

    public abstract IReadOnlyList<int> GetInt32s(string name);

    public abstract IReadOnlyList<double> GetDoubles(string name);

    /// <param name="name">The name that it was written by.</param>
    /// <param name="shape">The sizes expected along each dimension; -1 for any.</param>
    public abstract T[] ReadArray<T>(string name, params ReadOnlySpan<int> shape) where T : unmanaged;

    public abstract IReadOnlyList<string> ReadTexts(string name);

    /// <summary>A file of another format.</summary>
    public abstract byte[] ReadFile(string name);

    /// <summary>What was written to a part of the step.</summary>
    public abstract ModelStepReader Section(string name);

    /// <summary>A model inside the step, from a part that holds its kind as <c>model-type</c> and what it wrote in the part <c>model</c>.</summary>
    public abstract IScoringModel ReadModel(string name);

    /// <summary>An error about this step: its message names the step and the model file.</summary>
    public abstract MLPipelinesException Invalid(string problem);
}
