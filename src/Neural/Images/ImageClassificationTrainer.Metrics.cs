using System.Globalization;

namespace MLPipelines.Vision;

public sealed partial class ImageClassificationTrainer
{
    /// <summary>What a pass over the pictures gave.</summary>
    public sealed class TrainMetrics
    {
        /// <summary>Which pictures were measured.</summary>
        public ImageClassificationMetrics.Dataset DatasetUsed { get; set; }

        /// <summary>The number of batches.</summary>
        public int BatchProcessedCount { get; set; }

        /// <summary>The pass, from 0.</summary>
        public int Epoch { get; set; }

        /// <summary>The share of pictures whose class was right.</summary>
        public float Accuracy { get; set; }

        /// <summary>The mean loss.</summary>
        public float CrossEntropy { get; set; }

        /// <summary>The learning rate of the last step.</summary>
        public float LearningRate { get; set; }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"epoch {Epoch,3}, {DatasetUsed,10}: accuracy {Accuracy:F4}, cross-entropy {CrossEntropy:F4}, {BatchProcessedCount} batches{(DatasetUsed == ImageClassificationMetrics.Dataset.Train ? $", learning rate {LearningRate:G3}" : "")}");
    }

    /// <summary>Which pictures a frozen part of a network has described. This trainer has no such phase: it trains the whole network, or what is not frozen.</summary>
    public sealed class BottleneckMetrics
    {
        /// <summary>Which set the picture belongs to.</summary>
        public ImageClassificationMetrics.Dataset DatasetUsed { get; set; }

        /// <summary>The picture.</summary>
        public int Index { get; set; }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{DatasetUsed,10}: picture {Index}");
    }

    /// <summary>What <see cref="Options.MetricsCallback"/> is told.</summary>
    public sealed class ImageClassificationMetrics
    {
        /// <summary>Which pictures were measured.</summary>
        public enum Dataset
        {
            /// <summary>Those that the network learns from.</summary>
            Train,

            /// <summary>Those that it is measured by.</summary>
            Validation,
        }

        /// <summary>What a pass gave.</summary>
        public TrainMetrics? Train { get; set; }

        /// <summary>Always <see langword="null"/>; see <see cref="BottleneckMetrics"/>.</summary>
        public BottleneckMetrics? Bottleneck { get; set; }

        public override string ToString() => Train?.ToString() ?? Bottleneck?.ToString() ?? "";
    }
}
