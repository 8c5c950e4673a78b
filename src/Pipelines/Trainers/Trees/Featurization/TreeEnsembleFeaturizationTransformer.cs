using System.Globalization;
using System.Text;
using MLPipelines.Data;
using MLPipelines.Trainers.Trees;

namespace MLPipelines.Trainers.FastTree;

/// <summary>
/// Turns a feature vector into what trees make of it: the value that each tree gives; which leaf of each it comes to; and which nodes
/// of each it passes. The last two are vectors of 0 and 1 with a slot per leaf and per node. A column without a name is left out.
/// </summary>
public sealed class TreeEnsembleFeaturizationTransformer : RowToRowTransformer
{
    internal const string StepName = "tree-featurization";

    private readonly TreeFeatureColumns _columns;
    private readonly TreeEnsembleModelParameters _model;
    private readonly DecisionTree[] _trees;

    internal TreeEnsembleFeaturizationTransformer(TreeEnsembleModelParameters model, TreeFeatureColumns columns) =>
        (_model, _trees, _columns) = (model, [.. model.Ensemble.Trees], columns);

    public override string TypeId => StepName;

    /// <summary>The trees.</summary>
    public TreeEnsembleModelParameters Model => _model;

    protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input)
    {
        int[] source = [Require(input, _columns.Input, new VectorDataViewType(NumberDataViewType.Single, _model.FeatureCount)).Index];
        int leaves = _trees.Sum(tree => tree.LeafCount), nodes = _trees.Sum(tree => tree.NodeCount);
        List<OutputColumn> columns = [];
        void Add(string? name, int size, string slot, Func<DecisionTree, int> count, RowWriter write)
        {
            if (name is null) return;
            var annotations = new DataViewSchema.Annotations.Builder();
            // A vector of known size has one slot at least; where no tree has a node, it is always 0.
            bool isEmpty = size == 0, isDense = name == _columns.Trees;
            size = Math.Max(1, size);
            annotations.AddSlotNames(size, ColumnAnnotations.TextValues(isEmpty ? [""] : [.. Names(slot, count)]));
            if (!isDense) annotations.AddPrimitiveValue(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, value: true);
            columns.Add(new OutputColumn(name, new VectorDataViewType(NumberDataViewType.Single, size), annotations.ToAnnotations(), source, () => Kernel(source[0], size, isDense, write)));
        }
        Add(_columns.Trees, _trees.Length, "Tree{0:000}", _ => 1, WriteValues);
        Add(_columns.Leaves, leaves, "Tree{0:000}Leaf{1:000}", tree => tree.LeafCount, WriteLeaves);
        Add(_columns.Paths, nodes, "Tree{0:000}Node{1:000}", tree => tree.NodeCount, WritePaths);
        return columns;
    }

    private IEnumerable<string> Names(string format, Func<DecisionTree, int> count)
    {
        var composite = CompositeFormat.Parse(format);
        for (int t = 0; t < _trees.Length; t++)
            for (int i = 0; i < count(_trees[t]); i++) yield return string.Format(CultureInfo.InvariantCulture, composite, t, i);
    }

    private delegate void RowWriter(ReadOnlySpan<float> features, VectorColumn<float> output);

    private ColumnKernel Kernel(int source, int size, bool isDense, RowWriter write)
    {
        var output = new VectorColumn<float>(size);
        float[] dense = new float[_model.FeatureCount];
        return batch =>
        {
            var rows = (VectorColumn<float>)batch[source];
            output.Reset(size, isDense);
            for (int row = 0; row < rows.RowCount; row++)
            {
                RowVector<float> features = rows[row];
                if (!features.IsDense) features.CopyTo(dense);
                write(features.IsDense ? features.Values : dense, output);
            }
            return output;
        };
    }

    private void WriteValues(ReadOnlySpan<float> features, VectorColumn<float> output)
    {
        Span<float> values = output.AppendDense(output.Size);
        if (_trees.Length == 0) values.Clear();
        for (int t = 0; t < _trees.Length; t++) values[t] = (float)_model.LeafValue(_trees[t], _trees[t].LeafOf(features));
    }

    private void WriteLeaves(ReadOnlySpan<float> features, VectorColumn<float> output)
    {
        int offset = 0;
        foreach (DecisionTree tree in _trees)
        {
            output.AppendItem(offset + tree.LeafOf(features), 1);
            offset += tree.LeafCount;
        }
        output.EndRow();
    }

    private void WritePaths(ReadOnlySpan<float> features, VectorColumn<float> output)
    {
        int offset = 0;
        foreach (DecisionTree tree in _trees)
        {
            // Children come after their parents, so that the slots rise along a path.
            for (int node = tree.NodeCount == 0 ? -1 : 0; node >= 0; node = tree.GoesLeft(node, features) ? tree.Left[node] : tree.Right[node]) output.AppendItem(offset + node, 1);
            offset += tree.NodeCount;
        }
        output.EndRow();
    }

    public override void Save(ModelStepWriter writer)
    {
        writer.Set("features", _columns.Input);
        writer.Set("trees", _columns.Trees);
        writer.Set("leaves", _columns.Leaves);
        writer.Set("paths", _columns.Paths);
        ModelStepWriter model = writer.Section("ensemble");
        model.Set("model-type", _model.TypeId);
        _model.Save(model.Section("model"));
    }

    internal static TreeEnsembleFeaturizationTransformer Load(ModelStepReader reader)
    {
        if (reader.ReadModel("ensemble") is not TreeEnsembleModelParameters model) throw reader.Invalid("its model has no trees");
        return new(model, new TreeFeatureColumns(reader.GetString("features"), reader.GetStringOrNull("trees"), reader.GetStringOrNull("leaves"), reader.GetStringOrNull("paths")));
    }
}

/// <summary>The columns of a featurization by trees.</summary>
/// <param name="Input">The feature vectors.</param>
/// <param name="Trees">The value of each tree; <see langword="null"/> for none.</param>
/// <param name="Leaves">The leaf of each tree, as 0 and 1 per leaf; <see langword="null"/> for none.</param>
/// <param name="Paths">The nodes of each tree that are passed, as 0 and 1 per node; <see langword="null"/> for none.</param>
internal sealed record TreeFeatureColumns(string Input, string? Trees, string? Leaves, string? Paths);
