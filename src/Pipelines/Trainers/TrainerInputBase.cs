namespace MLPipelines.Trainers;

/// <summary>What the options of every trainer have.</summary>
public abstract class TrainerInputBase
{
    private protected TrainerInputBase() { }

    /// <summary>The column of the feature vectors.</summary>
    public string FeatureColumnName = "Features";

    /// <summary>The options as they are now: what a caller changes later does not reach the trainer.</summary>
    internal TOptions Snapshot<TOptions>() where TOptions : TrainerInputBase => (TOptions)MemberwiseClone();
}

/// <summary>What the options of trainers with a label have.</summary>
public abstract class TrainerInputBaseWithLabel : TrainerInputBase
{
    private protected TrainerInputBaseWithLabel() { }

    /// <summary>The column of what is to be predicted.</summary>
    public string LabelColumnName = "Label";
}

/// <summary>What the options of trainers have that weigh examples.</summary>
public abstract class TrainerInputBaseWithWeight : TrainerInputBaseWithLabel
{
    private protected TrainerInputBaseWithWeight() { }

    /// <summary>The column that says how much each example counts; <see langword="null"/> when all count the same.</summary>
    public string? ExampleWeightColumnName;
}

/// <summary>What the options of trainers have that can learn from groups of rows, such as the results of a query.</summary>
public abstract class TrainerInputBaseWithGroupId : TrainerInputBaseWithWeight
{
    private protected TrainerInputBaseWithGroupId() { }

    /// <summary>The column whose values the rows of one group share; <see langword="null"/> where groups do not matter.</summary>
    public string? RowGroupColumnName;
}
