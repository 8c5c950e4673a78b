using System.Globalization;

namespace MLPipelines.Recommendation;

/// <summary>How much events count by their types. Upper case, blanks and punctuation make no difference: <c>add_to_cart</c> is <c>AddToCart</c>.</summary>
internal sealed class EventWeights
{
    private static readonly (float Weight, string[] Names)[] Known =
    [
        (1, ["view", "pageview", "productview", "itemview", "viewitem", "detail", "click", "pv"]),
        (3, ["cart", "addtocart", "basket", "addtobasket"]),
        (5, ["purchase", "buy", "order", "transaction", "sale"]),
        (0, ["removefromcart", "removefrombasket"]),
    ];

    private readonly Dictionary<string, float> _weights = [];

    /// <param name="given">Weights that come before the known ones.</param>
    /// <exception cref="ArgumentException">A weight is negative or not finite.</exception>
    internal EventWeights(IReadOnlyDictionary<string, float> given)
    {
        foreach (var (weight, names) in Known)
            foreach (string name in names) _weights[name] = weight;
        foreach (var (name, weight) in given)
        {
            if (!(weight >= 0 && float.IsFinite(weight)))
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The weight of the event '{name}' is {weight}; expected a number of at least 0."), nameof(given));
            _weights[Plain(name)] = weight;
        }
    }

    /// <summary>What is counted unless other weights are given: views 1, carts 3, purchases 5.</summary>
    internal const string Default = "view 1, cart 3, purchase 5";

    /// <summary>The weight of an event; <see langword="null"/> for one that has none.</summary>
    internal float? Find(string name) => _weights.TryGetValue(Plain(name), out float weight) ? weight : null;

    private static string Plain(string name) => new([.. name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
}
