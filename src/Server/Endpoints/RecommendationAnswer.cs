using MLPipelines.Data;
using System.Text.Json;
using MLPipelines.Recommendation;

namespace MLPipelines.Server;

/// <summary>
/// Ranked items: a row with a user and no item gets the best for the user, <c>{"basket": ["a", "b"]}</c> what goes with some items, <c>{"similarTo": "a"}</c> what is like
/// one. A row with both is scored.
/// </summary>
internal sealed class RecommendationAnswer(ServedModel model) : SpecialAnswer
{
    private const int UsualTop = 10;

    private readonly Recommender _recommender = (Recommender)ITransformerChain.Flatten(model.Transformer).First();

    internal override bool Takes(JsonElement body) => RowsOf(body).Exists(row => row.ValueKind == JsonValueKind.Object && Member(row, _recommender.Columns.Item) is null);

    internal override int Write(JsonElement body, int? top, Utf8JsonWriter json, CancellationToken cancellation)
    {
        List<JsonElement> rows = RowsOf(body);
        for (int i = 0; i < rows.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            json.WriteStartObject();
            if (Name(rows[i], _recommender.Columns.User) is { } user && Name(rows[i], _recommender.Columns.Item) is { } item) json.WriteNumber("score", _recommender.Score(user, item));
            else WriteItems(json, ItemsFor(rows[i], i, top ?? Whole(rows[i], "top") ?? UsualTop));
            json.WriteEndObject();
        }
        return rows.Count;
    }

    private IReadOnlyList<RecommendedItem> ItemsFor(JsonElement row, int place, int count)
    {
        if (count == 0) return [];
        bool includesSeen = Member(row, "includeSeen") is { ValueKind: JsonValueKind.True };
        if (Name(row, _recommender.Columns.User) is { } user) return _recommender.Recommend(user, count, !includesSeen);
        if (Member(row, "basket") is { ValueKind: JsonValueKind.Array } basket) return _recommender.RecommendForBasket(basket.EnumerateArray().Select(name => NameOf(name, "basket")), count);
        if (Name(row, "similarTo") is { } item)
        {
            return _recommender.Seen.Items.Find(item) >= 0 ? _recommender.SimilarItems(item, count)
                : throw RequestProblemException.At(place, "similarTo", $"there is no item '{item}'.{NearNames.Hint(item, _recommender.Items.Take(5000))}");
        }
        throw RequestProblemException.At(place, null, $"expected {_recommender.Columns.User} for the items that are best for a user, with {_recommender.Columns.Item} for the score of a pair; or basket, a list of items; or similarTo, an item.");
    }

    private static void WriteItems(Utf8JsonWriter json, IReadOnlyList<RecommendedItem> items)
    {
        json.WriteStartArray("items");
        foreach (RecommendedItem item in items)
        {
            json.WriteStartObject();
            json.WriteString("item", item.Item);
            json.WriteNumber("score", item.Score);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
