namespace MLPipelines.Trainers.Trees;

/// <summary>Grows several trees: side by side, each by one thread, or one after another by all.</summary>
internal sealed class GrowerSet
{
    private readonly WorkTeam _team;
    private readonly bool _sideBySide;
    private readonly Stack<TreeGrower> _free;
    private readonly Lock _taking = new();

    internal GrowerSet(BinnedMatrix matrix, BoostingOptions options, WorkTeam team, bool sideBySide)
    {
        (_team, _sideBySide) = (team, sideBySide);
        _free = new Stack<TreeGrower>(Enumerable.Range(0, sideBySide ? team.Size : 1).Select(_ => new TreeGrower(matrix, options, sideBySide ? WorkTeam.Alone : team)));
    }

    /// <summary>Does something for each of so many trees; which grower it is given does not matter.</summary>
    internal void Run(int trees, Action<TreeGrower, int> grow)
    {
        if (!_sideBySide)
        {
            for (int tree = 0; tree < trees; tree++) grow(_free.Peek(), tree);
            return;
        }
        _team.Run(trees, part =>
        {
            TreeGrower grower;
            lock (_taking) grower = _free.Pop();
            try
            {
                grow(grower, trees - 1 - part);
            }
            finally
            {
                lock (_taking) _free.Push(grower);
            }
        });
    }
}
