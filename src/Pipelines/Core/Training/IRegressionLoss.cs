namespace MLPipelines.Trainers;

/// <summary>A loss of an output and a label.</summary>
public interface ILossFunction<in TOutput, in TLabel>
{
    /// <summary>The loss.</summary>
    double Loss(TOutput output, TLabel label);
}

/// <summary>A loss of one score with its derivative.</summary>
public interface IScalarLoss : ILossFunction<float, float>
{
    /// <summary>The derivative by the output.</summary>
    float Derivative(float output, float label);
}

/// <summary>A loss for predictions of numbers.</summary>
public interface IRegressionLoss : IScalarLoss;
