namespace MLPipelines.Tensors.Cpu.Convolutions;

/// <summary>
/// One pixel that goes into an output pixel: so many rows and columns after the output's place in the padded source, times the weights of one
/// kernel position.
/// </summary>
internal record struct Tap(int Row, int Column, int Position);
