namespace MLPipelines.Testing;

/// <summary>Unusual data that an estimator must either work with or refuse.</summary>
public enum EdgeCase
{
    /// <summary>The columns are there, and no row.</summary>
    NoRows,

    /// <summary>A single row.</summary>
    OneRow,

    /// <summary>Every row is the same.</summary>
    ConstantColumns,

    /// <summary>One row has NaN in every floating-point column that the estimator needs.</summary>
    NotANumber,

    /// <summary>One row has infinity in every floating-point column that the estimator needs.</summary>
    Infinity,
}

/// <summary>What an estimator does with unusual data.</summary>
public enum EdgeOutcome
{
    /// <summary>It learns, and gives finite numbers wherever it is given such.</summary>
    Works,

    /// <summary>It throws an exception whose message names a column that it needs.</summary>
    Throws,
}
