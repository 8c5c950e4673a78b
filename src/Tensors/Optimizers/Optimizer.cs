using MLPipelines.Tensors.Optimizers;

namespace MLPipelines.Tensors;

/// <summary>Changes parameters by their gradients. One step allocates nothing; its state can be saved, so that training resumes where it stopped.</summary>
public abstract unsafe class Optimizer
{
    private const string StepName = "step";

    private readonly List<Slot> _slots = [];

    private protected Optimizer(float learningRate) => LearningRate = learningRate;

    /// <summary>How far a step goes; schedules set it.</summary>
    public float LearningRate { get; set; }

    /// <summary>How many steps were made.</summary>
    public long Steps { get; private set; }

    /// <summary>The names of what is kept for each parameter.</summary>
    private protected abstract string[] StateNames { get; }

    /// <summary>Adds parameters with a weight decay of their own, or a rate that is a multiple of <see cref="LearningRate"/>.</summary>
    /// <example><c>optimizer.Add(biases, weightDecay: 0)</c></example>
    public void Add(IEnumerable<NamedTensor> parameters, float weightDecay, float rateScale = 1)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        foreach (NamedTensor parameter in parameters) _slots.Add(new Slot(parameter, weightDecay, rateScale, StateNames.Length));
    }

    /// <summary>Changes every parameter that has a gradient; of tables with sparse gradients only the rows that have one.</summary>
    public void Step()
    {
        Steps++;
        foreach (Slot slot in _slots)
        {
            Tensor parameter = slot.Parameter, gradient = parameter.Gradient;
            if (gradient.IsNone || !parameter.RequiresGradient) continue;
            if (parameter.Cell.GradientRows is { IsAll: false } rows)
            {
                int width = parameter.Shape[1];
                foreach (int row in rows.Rows) Update(slot, gradient, (long)row * width, width);
            }
            else
            {
                Update(slot, gradient, 0, parameter.Count);
            }
        }
    }

    /// <summary>Forgets the gradients of all parameters, which every step begins with or ends with.</summary>
    public void ClearGradients()
    {
        foreach (Slot slot in _slots) slot.Parameter.ClearGradient();
    }

    /// <summary>Scales all gradients so that together they are no longer than a length.</summary>
    /// <returns>How long they were.</returns>
    public float ClipGradients(float length)
    {
        double sum = 0;
        foreach (Slot slot in _slots)
            if (slot.Parameter.Gradient is { IsNone: false } gradient) sum += gradient.Backend.SumOfSquares(gradient.Floats, gradient.Count);
        double norm = Math.Sqrt(sum);
        if (norm > length)
        {
            foreach (Slot slot in _slots)
                if (slot.Parameter.Gradient is { IsNone: false } gradient) gradient.Backend.Scale(gradient.Floats, gradient.Count, (float)(length / norm));
        }
        return (float)norm;
    }

    /// <summary>What is kept besides the parameters. The tensors are not copies, but for the number of steps.</summary>
    public StateDictionary State()
    {
        var state = new StateDictionary { new NamedTensor(StepName, Tensor.FromIndices([Steps], [])) };
        foreach (Slot slot in _slots)
            for (int i = 0; i < slot.State.Length; i++) state.Add($"{slot.Name}.{StateNames[i]}", slot.State[i]);
        return state;
    }

    /// <summary>Goes on from a state that was saved.</summary>
    /// <exception cref="ArgumentException">It is the state of another optimizer or of other parameters.</exception>
    public void Load(StateDictionary state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.CopyTo(State(), isStrict: true);
        Steps = state[StepName].ToIndex();
    }

    /// <summary>Changes some elements of a parameter, from a start on.</summary>
    private protected abstract void Update(Slot slot, Tensor gradient, long start, int count);
}
