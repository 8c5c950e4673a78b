namespace MLPipelines.Trainers;

/// <summary>The score of an example in a tree whose nodes all count, and its derivatives. One thread uses it.</summary>
internal sealed class LdSvmGradient(LdSvmTree tree, float sigma)
{
    private readonly float[] _path = new float[tree.Nodes];
    private readonly float[] _gates = new float[tree.Nodes];
    private readonly float[] _turns = new float[tree.Branches];
    private readonly float[] _below = new float[tree.Nodes];

    /// <summary>Σ path · tanh(σ gate) · classifier over the nodes.</summary>
    /// <param name="values">Of the functions, as <see cref="LdSvmTree"/> lays them out.</param>
    /// <param name="gamma">How sharp the branches are.</param>
    internal float Forward(ReadOnlySpan<float> values, float gamma)
    {
        _path[0] = 1;
        for (int node = 0; node < tree.Branches; node++)
        {
            float turn = _turns[node] = MathF.Tanh(gamma * values[tree.Branch(node)]);
            _path[2 * node + 1] = _path[node] * (1 + turn) / 2;
            _path[2 * node + 2] = _path[node] * (1 - turn) / 2;
        }
        float score = 0;
        for (int node = 0; node < tree.Nodes; node++)
        {
            _gates[node] = MathF.Tanh(sigma * values[tree.Gate(node)]);
            score += _path[node] * _gates[node] * values[tree.Classifier(node)];
        }
        return score;
    }

    /// <summary>The derivatives by the functions, each kind times a rate; those of gates and branches but for σ and γ, which the rates stand for.</summary>
    internal void Backward(ReadOnlySpan<float> values, Span<float> derivatives, float classifierRate, float gateRate, float branchRate)
    {
        for (int node = tree.Nodes - 1; node >= 0; node--)
        {
            float classifier = values[tree.Classifier(node)], gate = _gates[node], path = _path[node];
            derivatives[tree.Classifier(node)] = classifierRate * path * gate;
            derivatives[tree.Gate(node)] = gateRate * path * (1 - gate * gate) * classifier;
            _below[node] = path * gate * classifier;
            if (node >= tree.Branches) continue;
            float left = _below[2 * node + 1], right = _below[2 * node + 2], turn = _turns[node];
            derivatives[tree.Branch(node)] = branchRate * (left * (1 - turn) - right * (1 + turn));
            _below[node] += left + right;
        }
    }
}
