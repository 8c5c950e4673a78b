namespace MLPipelines.Vision;

public sealed partial class ImageClassificationTrainer
{
    /// <summary>What early stopping looks at.</summary>
    public enum EarlyStoppingMetric
    {
        /// <summary>The share of right classes.</summary>
        Accuracy,

        /// <summary>The cross-entropy.</summary>
        Loss,
    }

    /// <summary>Ends training when a metric has not become better for some passes.</summary>
    public sealed class EarlyStopping
    {
        private readonly EarlyStoppingMetric _metric;

        /// <param name="minDelta">How much better counts as better.</param>
        /// <param name="patience">How many passes without that end training.</param>
        /// <param name="metric">What is looked at.</param>
        /// <param name="checkIncreasing">Follows from the metric; whatever is given is ignored.</param>
        public EarlyStopping(float minDelta = 0.01f, int patience = 20, EarlyStoppingMetric metric = EarlyStoppingMetric.Accuracy, bool checkIncreasing = true)
        {
            _ = checkIncreasing;
            (_metric, MinDelta, Patience, CheckIncreasing) = (metric, Math.Abs(minDelta), patience, metric == EarlyStoppingMetric.Accuracy);
            Best = CheckIncreasing ? 0 : float.MaxValue;
        }

        /// <summary>How much better counts as better.</summary>
        public float MinDelta { get; set; }

        /// <summary>How many passes without that end training.</summary>
        public int Patience { get; set; }

        /// <summary>Whether more is better.</summary>
        public bool CheckIncreasing { get; set; }

        /// <summary>The best so far.</summary>
        internal float Best { get; set; }

        /// <summary>Passes since then.</summary>
        internal int Waited { get; set; }

        /// <summary>To be called after each pass: whether training should end.</summary>
        public bool ShouldStop(TrainMetrics currentMetrics)
        {
            ArgumentNullException.ThrowIfNull(currentMetrics);
            float value = _metric == EarlyStoppingMetric.Accuracy ? currentMetrics.Accuracy : currentMetrics.CrossEntropy;
            if ((CheckIncreasing ? value - Best : Best - value) < MinDelta) return ++Waited >= Patience;
            (Best, Waited) = (value, 0);
            return false;
        }

        /// <summary>The same settings, with nothing seen yet.</summary>
        internal EarlyStopping Fresh() => new(MinDelta, Patience, _metric) { CheckIncreasing = CheckIncreasing };
    }
}
