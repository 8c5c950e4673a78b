using MLPipelines.Data;

namespace MLPipelines.Onnx.Tests.Export;

/// <summary>A model whose export is compared with it.</summary>
/// <param name="Name">What the row is called.</param>
/// <param name="Create">The estimator and the data that it learns from.</param>
public sealed record ParityRow(string Name, Func<MLContext, (IEstimator<ITransformer> Estimator, IDataView Data)> Create)
{
    private readonly Lock _fitting = new();
    private (ITransformer Model, IDataView Data)? _fitted;

    /// <summary>The columns that are exported and compared; all that the model makes and ONNX has a type for when left out.</summary>
    public string[]? Outputs { get; init; }

    /// <summary>The largest difference, relative for numbers above 1.</summary>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>The version of the operators; the usual one when left out.</summary>
    public int? Opset { get; init; }

    /// <summary>The model, learned once.</summary>
    public (ITransformer Model, IDataView Data) Fitted
    {
        get
        {
            lock (_fitting)
            {
                if (_fitted is { } known) return known;
                var (estimator, data) = Create(new MLContext(seed: 1));
                _fitted = (estimator.Fit(data), data);
                return _fitted.Value;
            }
        }
    }

    public override string ToString() => Name;
}
