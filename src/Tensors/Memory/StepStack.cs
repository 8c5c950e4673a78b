namespace MLPipelines.Tensors.Memory;

/// <summary>The tensors of one thread's open steps, in the order in which they were made, and the cells that wait to be used again.</summary>
internal sealed class StepStack
{
    [ThreadStatic]
    private static StepStack? current;

    private readonly List<TensorCell?> _owned = [];
    private readonly Stack<TensorCell> _free = [];

    internal static StepStack Current => current ??= new StepStack();

    /// <summary>How many steps are open.</summary>
    internal int Depth { get; private set; }

    internal int Open()
    {
        Depth++;
        return _owned.Count;
    }

    internal void Close(int depth, int start)
    {
        if (depth != Depth)
            throw new InvalidOperationException("Steps end in the reverse order of their beginning, each on the thread that began it.");
        Depth--;
        int left = start;
        for (int i = start; i < _owned.Count; i++)
        {
            if (_owned[i] is not { } cell) continue;
            if (!cell.Returns)
            {
                Recycle(cell);
                continue;
            }
            cell.Returns = false;
            cell.StepIndex = Depth == 0 ? -1 : left;
            if (Depth != 0) _owned[left++] = cell;
        }
        _owned.RemoveRange(left, _owned.Count - left);
    }

    internal TensorCell NewCell()
    {
        if (Depth == 0) return new TensorCell();
        TensorCell cell = _free.Count > 0 ? _free.Pop() : new TensorCell();
        Own(cell);
        return cell;
    }

    /// <summary>Holds a tensor until the open step ends or, outside of steps, until <see cref="EndOperation"/>.</summary>
    internal void Own(TensorCell cell)
    {
        cell.StepIndex = _owned.Count;
        _owned.Add(cell);
    }

    /// <summary>Outside of steps, the copies that an operation made of its inputs end with it.</summary>
    internal void EndOperation()
    {
        if (Depth == 0 && _owned.Count > 0) ReleaseCopies();
    }

    private void ReleaseCopies()
    {
        foreach (TensorCell? cell in _owned)
            if (cell is not null) Recycle(cell);
        _owned.Clear();
    }

    internal void Disown(TensorCell cell)
    {
        if (cell.StepIndex < 0) return;
        if (cell.StepIndex >= _owned.Count || _owned[cell.StepIndex] != cell)
            throw new InvalidOperationException("A tensor of a step is kept and released on the thread of that step.");
        _owned[cell.StepIndex] = null;
        cell.StepIndex = -1;
    }

    internal void Recycle(TensorCell cell)
    {
        cell.Clear();
        _free.Push(cell);
    }
}
