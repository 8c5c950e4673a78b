using MLPipelines.Neural.Transformers;
using MLPipelines.Tensors;
using MLPipelines.Tensors.Layers;

namespace MLPipelines.Neural.Text;

/// <summary>
/// What a student learns from a teacher with the same tokens: at hidden places, the teacher's probabilities of all tokens, both softened by a temperature (Hinton and others 2015), and the
/// teacher's vectors, which a linear map is to make of the student's (Jiao and others 2020).
/// </summary>
internal sealed class Distillation : Module
{
    private readonly MaskedLanguageModel _teacher;
    private readonly bool _guesses;
    private readonly float _temperature;
    private readonly Linear _map;

    /// <param name="teacher">The teacher, which stays as it is. Without a trained head it only shows its vectors.</param>
    /// <param name="student">The student.</param>
    /// <param name="temperature">What scores are divided by.</param>
    /// <param name="random">Draws the first weights of the map.</param>
    internal Distillation(PretrainedEncoder teacher, MaskedLanguageModel student, float temperature, RandomSource random)
    {
        _temperature = temperature;
        _teacher = MaskedLanguageModel.Of(teacher, out _guesses);
        _teacher.Freeze();
        _teacher.Train(isTraining: false);
        _map = Add("map", new Linear(student.Encoder.HiddenSize, _teacher.Encoder.HiddenSize, random));
    }

    /// <param name="loss">The loss of guessing what stood there.</param>
    /// <param name="tokens">The batch.</param>
    /// <param name="places">The hidden places.</param>
    /// <param name="hidden">(places, H) of the student.</param>
    /// <param name="scores">(places, V) of the student.</param>
    /// <returns>The mean of that loss and the cross-entropy to the teacher's probabilities, plus the mean squared distance to its vectors.</returns>
    internal Tensor AddTo(Tensor loss, in TokenBatch tokens, Tensor places, Tensor hidden, Tensor scores)
    {
        Tensor vectors, probabilities = default;
        using (new NoGradient())
        {
            vectors = _teacher.Hidden(tokens, places);
            if (_guesses) probabilities = (_teacher.Guess(vectors) / _temperature).Softmax();
        }
        // The derivatives of softened scores are smaller by the square of the temperature.
        if (_guesses) loss = 0.5f * (loss + _temperature * _temperature * (scores / _temperature).CrossEntropyOfDistributions(probabilities));
        Tensor distance = _map.Forward(hidden) - vectors;
        return loss + (distance * distance).Mean();
    }
}
