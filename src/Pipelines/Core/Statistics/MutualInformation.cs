namespace MLPipelines;

/// <summary>The mutual information of labels and features, both given as numbers of groups.</summary>
/// <param name="labels">The group of the label of each row.</param>
/// <param name="classes">How many groups of labels there are.</param>
internal sealed class MutualInformation(int[] labels, int classes)
{
    private readonly int[] _labelCounts = Count(labels, classes);

    /// <summary>What the labels tell of themselves, in bits: the most that anything can tell of them.</summary>
    internal double Entropy() => -_labelCounts.Where(count => count > 0).Sum(count => (double)count / labels.Length * Math.Log2((double)count / labels.Length));

    /// <summary>The information in bits.</summary>
    /// <param name="features">The group of the feature of each row.</param>
    /// <param name="groups">How many groups of features there are.</param>
    internal double With(int[] features, int groups)
    {
        int[] together = new int[classes * groups];
        for (int row = 0; row < labels.Length; row++) together[labels[row] * groups + features[row]]++;
        int[] featureCounts = Count(features, groups);
        double rows = labels.Length, sum = 0;
        for (int label = 0; label < classes; label++)
        {
            for (int feature = 0; feature < groups; feature++)
            {
                double count = together[label * groups + feature];
                if (count > 0) sum += count / rows * Math.Log2(count * rows / ((double)_labelCounts[label] * featureCounts[feature]));
            }
        }
        return sum;
    }

    private static int[] Count(int[] groups, int count)
    {
        int[] counts = new int[count];
        foreach (int group in groups) counts[group]++;
        return counts;
    }
}
