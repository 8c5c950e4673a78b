using MLPipelines.Trainers;

namespace MLPipelines.Tests.Trainers.Linear;

/// <summary>
/// Small examples from a formula that NumPy computes alike, so that expected numbers can be made there:
/// <code>
/// i=np.arange(rows)[:,None]; j=np.arange(columns)[None,:]; X=np.sin(i*1.7+j*2.3+i*j*0.31)
/// y=np.argmax(np.cos(i*0.9+np.arange(3)[None,:]*2.1)+X[:,:3],axis=1)   # three classes
/// t=X@np.arange(1,columns+1)+np.cos(np.arange(rows)*0.7)               # a number
/// w=1+(np.arange(rows)%3)                                              # example weights
/// </code>
/// </summary>
internal static class WaveData
{
    internal static FeatureMatrix Dense(int rows = 60, int columns = 4)
    {
        float[] values = new float[rows * columns];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++) values[i * columns + j] = (float)Feature(i, j);
        return new FeatureMatrix(values, rows, columns);
    }

    internal static int[] ThreeClasses(int rows = 60)
    {
        int[] classes = new int[rows];
        for (int i = 0; i < rows; i++)
        {
            double best = double.NegativeInfinity;
            for (int k = 0; k < 3; k++)
            {
                double score = Math.Cos(i * 0.9 + k * 2.1) + Feature(i, k);
                if (score > best) (best, classes[i]) = (score, k);
            }
        }
        return classes;
    }

    internal static float[] Numbers(int rows = 60, int columns = 4)
    {
        float[] numbers = new float[rows];
        for (int i = 0; i < rows; i++)
        {
            double sum = Math.Cos(i * 0.7);
            for (int j = 0; j < columns; j++) sum += (j + 1) * Feature(i, j);
            numbers[i] = (float)sum;
        }
        return numbers;
    }

    internal static float[] Weights(int rows = 60) => [.. Enumerable.Range(0, rows).Select(i => 1f + i % 3)];

    /// <summary>The same matrix with the items that are not zero stored.</summary>
    internal static FeatureMatrix Sparse(FeatureMatrix dense)
    {
        List<long> starts = [0];
        List<int> indices = [];
        List<float> values = [];
        for (int row = 0; row < dense.RowCount; row++)
        {
            ReadOnlySpan<float> items = dense[row].Values;
            for (int j = 0; j < items.Length; j++)
            {
                if (items[j] == 0) continue;
                indices.Add(j);
                values.Add(items[j]);
            }
            starts.Add(values.Count);
        }
        return new FeatureMatrix([.. starts], [.. indices], [.. values], dense.ColumnCount);
    }

    /// <summary>Random sparse rows like those of text, scaled to length 1, whose classes share some features.</summary>
    internal static (FeatureMatrix Features, int[] Classes) Bags(int rows, int columns, int items, int classCount, int seed)
    {
        var random = new Random(seed);
        List<long> starts = [0];
        List<int> indices = [];
        List<float> values = [];
        int[] classes = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            classes[row] = random.Next(classCount);
            var chosen = new SortedSet<int>();
            while (chosen.Count < items)
            {
                int feature = (int)(columns * Math.Pow(random.NextDouble(), 2));
                chosen.Add(random.Next(3) == 0 ? (feature / classCount * classCount + classes[row]) % columns : feature);
            }
            double length = 0;
            foreach (int index in chosen)
            {
                indices.Add(index);
                values.Add(0.5f + random.NextSingle());
                length += values[^1] * values[^1];
            }
            for (int i = values.Count - items; i < values.Count; i++) values[i] /= (float)Math.Sqrt(length);
            starts.Add(values.Count);
        }
        return (new FeatureMatrix([.. starts], [.. indices], [.. values], columns), classes);
    }

    private static double Feature(int i, int j) => Math.Sin(i * 1.7 + j * 2.3 + i * j * 0.31);
}
