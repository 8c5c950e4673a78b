namespace MLPipelines.AutoML;

/// <summary>What an experiment over a table predicts.</summary>
public enum AutoMLTask
{
    /// <summary>One of two or more labels of any type.</summary>
    Classification,

    /// <summary>A number.</summary>
    Regression,

    /// <summary>The order of the rows of each group.</summary>
    Ranking,
}
