namespace MLPipelines.Trainers;

/// <summary>A function of many numbers with a gradient.</summary>
internal interface ISmoothFunction
{
    /// <summary>The value at a point, and the gradient there.</summary>
    double Evaluate(float[] point, float[] gradient);

    /// <summary>About how fast the gradient grows along each number, up to a factor that all have in common; above 0.</summary>
    float[] Curvatures();
}
