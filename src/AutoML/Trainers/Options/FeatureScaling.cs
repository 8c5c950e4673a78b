namespace MLPipelines.AutoML.CodeGen;

/// <summary>How features are scaled for a linear trainer.</summary>
public enum FeatureScaling
{
    /// <summary>As they are; missing ones count as the mean.</summary>
    None,

    /// <summary>Divided by their standard deviation about 0, so that what is 0 stays 0; missing ones count as the mean.</summary>
    Deviation,
}
