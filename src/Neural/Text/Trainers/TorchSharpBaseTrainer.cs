namespace MLPipelines.TorchSharp;

/// <summary>What the trainers of networks for texts have in common. The names are ML.NET's; nothing of libtorch is needed.</summary>
public abstract class TorchSharpBaseTrainer : IEstimator<TorchSharpBaseTransformer>
{
    private protected TorchSharpBaseTrainer() { }

    /// <inheritdoc cref="IEstimator{T}.Fit"/>
    public abstract TorchSharpBaseTransformer Fit(IDataView input);

    /// <inheritdoc cref="IEstimator{T}.GetOutputSchema"/>
    public abstract SchemaShape GetOutputSchema(SchemaShape inputSchema);

    /// <summary>What the options of these trainers have.</summary>
    public abstract class Options
    {
        private protected Options() { }

        /// <summary>The column of what is to be predicted.</summary>
        public string LabelColumnName = "Label";

        /// <summary>The column of scores that is added.</summary>
        public string ScoreColumnName = "Score";

        /// <summary>The column of predictions that is added.</summary>
        public string PredictionColumnName = "PredictedLabel";

        /// <summary>Texts of a batch, at least 1.</summary>
        public int BatchSize = 32;

        /// <summary>The first learning rate, as a share of the highest, 0 to 1.</summary>
        public double StartLearningRateRatio = .1;

        /// <summary>The last learning rate, as a share of the highest, 0 to 1. Other than in ML.NET, whose rate hardly falls (0.9), it falls to 0.</summary>
        public double FinalLearningRateRatio;

        /// <summary>How much matrices shrink at each step (AdamW); biases and normalizations do not. At least 0.</summary>
        public double WeightDecay;

        /// <summary>Passes over the data at most, at least 1.</summary>
        public int MaxEpoch = 100;

        /// <summary>Rows to measure by after each pass: the weights of the best pass are kept. <see langword="null"/>: the weights of the last pass are.</summary>
        public IDataView? ValidationSet;

        /// <summary>The options as they are now: what a caller changes later does not reach the trainer.</summary>
        internal TOptions Snapshot<TOptions>() where TOptions : Options => (TOptions)MemberwiseClone();
    }
}

/// <summary>Applies a trained network to texts.</summary>
public abstract class TorchSharpBaseTransformer : RowToRowTransformer, IDisposable
{
    private protected TorchSharpBaseTransformer() { }

    /// <summary>Does nothing: no memory outside of the runtime's has to be given back. It is there for code that was written for ML.NET.</summary>
    public void Dispose() => GC.SuppressFinalize(this);
}
