namespace MLPipelines.AutoML;

/// <summary>What a column of a table is good for.</summary>
public enum ColumnRole
{
    /// <summary>Numbers, or truth values as 0 and 1.</summary>
    Number,

    /// <summary>True or false.</summary>
    TruthValue,

    /// <summary>A few different values that repeat.</summary>
    Category,

    /// <summary>Written text.</summary>
    Text,

    /// <summary>Dates, with or without the time of the day.</summary>
    Date,

    /// <summary>Names the row, and says nothing of other rows.</summary>
    Identifier,

    /// <summary>Many different short values.</summary>
    ManyValues,

    /// <summary>The same value in every row.</summary>
    Constant,

    /// <summary>No value in any row.</summary>
    Empty,
}
