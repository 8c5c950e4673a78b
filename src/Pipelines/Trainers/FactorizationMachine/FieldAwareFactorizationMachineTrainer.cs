using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>
/// A field-aware factorization machine for two classes, learned by AdaGrad: every feature has a weight, and for each field (feature column) a few latent numbers by which it goes together
/// with the features of that field. With one field it is a factorization machine. It minimizes the mean log loss + λ/2 ‖w‖² of the weights at hand.
/// </summary>
/// <remarks>
/// <para>Columns: <c>PredictedLabel</c>, <c>Score</c> and <c>Probability</c>. The training set is held in memory. One thread learns.</para>
/// <para>Source: Juan, Zhuang, Chin and Lin, "Field-aware Factorization Machines for CTR Prediction" (2016).</para>
/// </remarks>
public sealed class FieldAwareFactorizationMachineTrainer : IEstimator<FieldAwareFactorizationMachinePredictionTransformer>
{
    /// <summary>Options of <see cref="FieldAwareFactorizationMachineTrainer"/>.</summary>
    public sealed class Options : TrainerInputBaseWithWeight
    {
        /// <summary>How far the first steps go; above 0.</summary>
        public float LearningRate = 0.1f;

        /// <summary>The number of passes; above 0.</summary>
        public int NumberOfIterations = 5;

        /// <summary>How many latent numbers a feature has for each field; above 0.</summary>
        public int LatentDimension = 20;

        /// <summary>The weight of the regularization of the linear weights; at least 0.</summary>
        public float LambdaLinear = 0.0001f;

        /// <summary>The weight of the regularization of the latent numbers; at least 0.</summary>
        public float LambdaLatent = 0.0001f;

        /// <summary>Whether each example is made to have length 1, all fields together.</summary>
        public bool NormalizeFeatures = true;

        /// <summary>The feature columns after the first, a field each.</summary>
        public string[]? ExtraFeatureColumns;

        /// <summary>Whether each pass has an order of its own.</summary>
        public bool Shuffle = true;

        /// <summary>Without effect: progress goes to <see cref="MLContext.Progress"/> only. Kept so that code ports.</summary>
        public bool Verbose = true;

        /// <summary>Latent numbers start between 0 and this.</summary>
        public float Radius = 0.5f;
    }

    private const string Name = "FieldAwareFactorizationMachine";

    private readonly TrainingEnvironment _environment;
    private readonly Options _options;
    private readonly string[] _fields;

    internal FieldAwareFactorizationMachineTrainer(TrainingEnvironment environment, Options options)
    {
        OptionCheck.AboveZero(options.LearningRate, nameof(options.LearningRate));
        OptionCheck.AboveZero(options.NumberOfIterations, nameof(options.NumberOfIterations));
        OptionCheck.AboveZero(options.LatentDimension, nameof(options.LatentDimension));
        OptionCheck.NotBelowZero(options.LambdaLinear, nameof(options.LambdaLinear));
        OptionCheck.NotBelowZero(options.LambdaLatent, nameof(options.LambdaLatent));
        OptionCheck.NotBelowZero(options.Radius, nameof(options.Radius));
        (_environment, _options, _fields) = (environment, options.Snapshot<Options>(), [options.FeatureColumnName, .. options.ExtraFeatureColumns ?? []]);
    }

    /// <summary>Learns a model from the rows of a view.</summary>
    /// <exception cref="MLPipelinesException">The data cannot be learned from; the message says which row and column.</exception>
    public FieldAwareFactorizationMachinePredictionTransformer Fit(IDataView input) => Fit(input, null, null);

    /// <summary>Learns a model, starting from another one.</summary>
    /// <param name="trainData">The examples.</param>
    /// <param name="validationData">Without effect on what is learned; its columns are checked. Kept so that code ports.</param>
    /// <param name="modelParameters">Where learning starts: a model of the same fields; <see langword="null"/> for random numbers.</param>
    /// <exception cref="MLPipelinesException">The data cannot be learned from; the message says which row and column.</exception>
    /// <exception cref="ArgumentException">The model to start with is of other fields.</exception>
    public FieldAwareFactorizationMachinePredictionTransformer Fit(IDataView trainData, IDataView? validationData, FieldAwareFactorizationMachineModelParameters? modelParameters = null)
    {
        ArgumentNullException.ThrowIfNull(trainData);
        GetOutputSchema(SchemaShape.Create(trainData.Schema));
        if (validationData is not null) GetOutputSchema(SchemaShape.Create(validationData.Schema));
        TrainingSet[] fields = Array.ConvertAll(_fields, field => new TrainingSetReader(Name, field, _options.LabelColumnName, _options.ExampleWeightColumnName).Read(trainData));
        return new FieldAwareFactorizationMachinePredictionTransformer(Learn(fields, modelParameters), _fields);
    }

    private FieldAwareFactorizationMachineModelParameters Learn(TrainingSet[] fields, FieldAwareFactorizationMachineModelParameters? start)
    {
        var random = new Random(_environment.SeedFor(Name));
        int[] sizes = Array.ConvertAll(fields, field => field.Features.ColumnCount), rows = [.. Enumerable.Range(0, fields[0].RowCount)];
        int dimension = _options.LatentDimension;
        var example = new FieldExample(sizes, dimension);
        float[] linear = new float[sizes.Sum()], linearSums = new float[linear.Length];
        float[] latent = new float[checked(linear.Length * sizes.Length * dimension)], latentSums = new float[latent.Length];
        for (int i = 0; i < latent.Length; i++) latent[i] = random.NextSingle() * _options.Radius;
        if (start is not null)
        {
            if (!start.Sizes.SequenceEqual(sizes) || start.LatentDimension != dimension)
                throw new ArgumentException($"{Name}: the model to start with has fields of {string.Join(", ", start.Sizes)} features and {start.LatentDimension} latent numbers; these are of {string.Join(", ", sizes)} and {dimension}.", nameof(start));
            start.CopyTo(linear, latent);
        }
        Array.Fill(linearSums, 1);
        Array.Fill(latentSums, 1);
        for (int pass = 0; pass < _options.NumberOfIterations; pass++)
        {
            if (_options.Shuffle) random.Shuffle(rows);
            double loss = 0;
            foreach (int row in rows)
            {
                _environment.CancellationToken.ThrowIfCancellationRequested();
                example.Clear();
                foreach (TrainingSet field in fields) example.Add(field.Features[row]);
                if (_options.NormalizeFeatures) example.Normalize();
                float sign = fields[0].Labels[row] > 0 ? 1 : -1, margin = sign * example.Score(linear, latent), weight = fields[0].WeightOf(row);
                loss += weight * (margin > 0 ? Math.Log(1 + Math.Exp(-margin)) : Math.Log(1 + Math.Exp(margin)) - margin);
                Step(example, -sign / (1 + MathF.Exp(margin)), weight, linear, linearSums, latent, latentSums);
            }
            _environment.Report(Name, pass + 1, _options.NumberOfIterations, loss / rows.Length);
        }
        return new FieldAwareFactorizationMachineModelParameters(sizes, dimension, linear, latent, _options.NormalizeFeatures);
    }

    private void Step(FieldExample example, float slope, float weight, float[] linear, float[] linearSums, float[] latent, float[] latentSums)
    {
        for (int i = 0; i < example.Count; i++)
        {
            int feature = example.FeatureAt(i), field = example.FieldAt(i);
            float value = example.ValueAt(i);
            Descend(ref linear[feature], ref linearSums[feature], weight * (_options.LambdaLinear * linear[feature] + slope * value));
            for (int other = 0; other < example.FieldCount; other++)
            {
                ReadOnlySpan<float> sum = example.SumOf(other, field);
                int start = (feature * example.FieldCount + other) * sum.Length;
                // Within its own field a feature does not go together with itself.
                float own = other == field ? value : 0;
                for (int d = 0; d < sum.Length; d++)
                {
                    ref float number = ref latent[start + d];
                    Descend(ref number, ref latentSums[start + d], weight * (_options.LambdaLatent * number + slope * value * (sum[d] - own * number)));
                }
            }
        }
    }

    private void Descend(ref float number, ref float sum, float gradient)
    {
        sum += gradient * gradient;
        number -= _options.LearningRate / MathF.Sqrt(sum) * gradient;
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        foreach (string field in _fields) FeatureColumn.Check(inputSchema, field, Name);
        if (_options.ExampleWeightColumnName is not null) inputSchema.Require(_options.ExampleWeightColumnName, Name);
        SchemaShape.Column label = inputSchema.Require(_options.LabelColumnName, Name);
        if (label.Kind != SchemaShape.Column.VectorKind.Scalar || label.IsKey || label.ItemType is not BooleanDataViewType)
            throw new ArgumentOutOfRangeException(nameof(inputSchema), $"{Name}: column '{label.Name}' is {label.GetTypeString()}, expected Boolean.");
        return inputSchema.With(ScoreColumns.BinaryShape(calibrated: true));
    }
}
