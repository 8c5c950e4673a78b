namespace MLPipelines.Tensors;

/// <summary>A tensor of a module with its full name, such as <c>layer1.0.conv1.weight</c>.</summary>
public readonly record struct NamedTensor(string Name, Tensor Tensor);
