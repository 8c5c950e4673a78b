using MLPipelines.Recommendation;

namespace MLPipelines.Tests.Trainers.Recommendation;

/// <summary>Users of some tastes, who take items of their taste much more often than others.</summary>
internal static class TasteData
{
    internal const int Tastes = 4;

    internal static Interactions Create(int users, int items, int each, int seed = 1, bool weighted = false)
    {
        var random = new Random(seed);
        List<int> rowUsers = [], rowItems = [];
        List<float> values = [];
        for (int user = 0; user < users; user++)
        {
            for (int i = 0; i < each; i++)
            {
                int item = random.Next(items);
                if (random.NextDouble() < 0.9) item = item / Tastes * Tastes + (user % Tastes);
                if (item >= items) continue;
                rowUsers.Add(user);
                rowItems.Add(item);
                values.Add(weighted ? 1 + random.Next(5) : 1);
            }
        }
        return NamedInteractions.Merge([.. rowUsers], [.. rowItems], [.. values], users, items, DuplicatePairs.Last);
    }

    internal static NamedInteractions Named(Interactions interactions) => new(
        new NameTable(Enumerable.Range(0, interactions.UserCount).Select(user => $"u{user}")),
        new NameTable(Enumerable.Range(0, interactions.ItemCount).Select(item => $"i{item}")), interactions);
}
