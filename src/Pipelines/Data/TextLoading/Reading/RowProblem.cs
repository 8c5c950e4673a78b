namespace MLPipelines.Data;

/// <summary>Why a text file cannot be cut into rows.</summary>
internal enum RowProblem
{
    None,

    /// <summary>The file ends inside quotes.</summary>
    UnclosedQuote,

    /// <summary>Something stands between a closing quote and the next separator.</summary>
    TextAfterQuote,

    /// <summary>A row is too long to be one.</summary>
    RowTooLong,

    /// <summary>A byte is not UTF-8.</summary>
    InvalidUtf8,
}
