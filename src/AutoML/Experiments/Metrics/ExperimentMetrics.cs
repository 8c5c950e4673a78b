namespace MLPipelines.AutoML;

/// <summary>What an experiment optimizes.</summary>
public interface IMetricManager
{
    /// <summary>Whether more is better.</summary>
    bool IsMaximize { get; }

    /// <summary>The name of the metric.</summary>
    string MetricName { get; }
}

/// <summary>Computes what an experiment optimizes.</summary>
public interface IEvaluateMetricManager : IMetricManager
{
    /// <summary>The metric of rows that a model has transformed.</summary>
    double Evaluate(MLContext context, IDataView eval);
}
